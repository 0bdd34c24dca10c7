package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jcompose.core.engine.EngineException;

/// Names of block devices as the kernel's files want them.
final class BlockDevice {
  private BlockDevice() {}

  /// @param path such as `/dev/sda`
  /// @return `8:0`
  static String number(String path) {
    try {
      long device = (Long) Files.getAttribute(Path.of(path), "unix:rdev");
      return ((device >>> 8) & 0xfff) + ":" + ((device & 0xff) | ((device >>> 12) & 0xfff00));
    } catch (IOException | RuntimeException e) {
      throw new EngineException.Invalid("no such block device: " + path);
    }
  }
}
