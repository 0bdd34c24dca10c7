package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import jcompose.core.testkit.Needs;
import jcompose.engine.snapshot.OverlayLayout;

/// A layer made of the host's static busybox, and an overlay on it for each container.
final class BusyboxRoot {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private final Path folder;

  private BusyboxRoot(Path folder) {
    this.folder = folder;
  }

  static BusyboxRoot in(Path folder) throws IOException {
    Needs.root();
    Path layer = folder.resolve("layers/busybox");
    Files.createDirectories(layer.resolve("bin"));
    Files.createDirectories(layer.resolve("etc"));
    Files.createDirectories(layer.resolve("tmp"));
    Files.copy(BUSYBOX, layer.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String name :
        "sh cat id ls mount sleep echo true env hostname dd stty tty mknod head wc".split(" ")) {
      Files.createSymbolicLink(layer.resolve("bin").resolve(name), Path.of("busybox"));
    }
    Files.writeString(
        layer.resolve("etc/passwd"),
        "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\n");
    Files.writeString(layer.resolve("etc/group"), "root:x:0:\nwheel:x:10:root,bob\nbob:x:1000:\n");
    Files.writeString(layer.resolve("bin/plain"), "no program\n");
    return new BusyboxRoot(folder);
  }

  OverlayLayout overlay(String id) throws IOException {
    Path own = folder.resolve("containers").resolve(id);
    return new OverlayLayout(
        folder.resolve("layers"),
        List.of("busybox"),
        Files.createDirectories(own.resolve("upper")),
        Files.createDirectories(own.resolve("work")));
  }
}
