package jcompose.engine.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Kernel parameters of the network namespace of the calling thread.
final class Sysctl {
  private Sysctl() {}

  /// Sets a parameter that has another value. One that does not exist, such as IPv6's on a kernel
  /// without it, is left out.
  ///
  /// @param name with slashes, because interface names may have dots
  static void set(String name, String value) {
    Path file = Path.of("/proc/sys", name);
    try {
      if (!Files.readString(file).strip().equals(value)) {
        Files.writeString(file, value);
      }
    } catch (NoSuchFileException e) {
      // Nothing to set.
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set " + name.replace('/', '.') + " to " + value, e);
    }
  }
}
