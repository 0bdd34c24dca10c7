package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import jcompose.core.resource.BuildSpec;

/// The image the contract's containers start from, built through the port itself: the machine's
/// static busybox on an empty file system. It needs no registry and no `RUN`.
final class ContractImage {
  static final String NAME = "jcompose-contract:1";

  private static final List<String> APPLETS =
      """
      sh cat echo sleep true false env id pwd hostname ls stat mkdir rm touch nc httpd wget ps grep \
      kill mount df head tail seq yes dd stty tr wc cut sort ip ping nslookup test printf date sync \
      chmod chown ln cp mv find readlink nproc ulimit uname awk sed expr usleep time timeout tty\
      """
          .lines()
          .flatMap(line -> Stream.of(line.trim().split(" ")))
          .toList();

  private static final Map<Engine, Boolean> MADE = new WeakHashMap<>();

  private ContractImage() {}

  /// Builds the image on an engine that has not got it from this process yet.
  static synchronized void ensure(Engine engine) {
    if (MADE.containsKey(engine)) {
      return;
    }
    Path context = context();
    try {
      engine.images().build(BuildSpec.of(context, NAME), TransferListener.SILENT);
    } finally {
      deleteTree(context);
    }
    assertThat(engine.images().find(NAME)).as("the image just built").isPresent();
    MADE.put(engine, true);
  }

  /// A build context of busybox with `Dockerfile`; the caller deletes it.
  static Path context() {
    Path busybox =
        Stream.of("/bin/busybox", "/usr/bin/busybox")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("/nowhere"));
    assumeTrue(
        Files.isExecutable(busybox),
        "no /bin/busybox on this machine: install the package busybox-static");
    try {
      Path context = Files.createTempDirectory("jcompose-contract");
      Path root = Files.createDirectory(context.resolve("root"));
      Path bin = Files.createDirectory(root.resolve("bin"));
      Files.copy(busybox, bin.resolve("busybox"));
      bin.resolve("busybox").toFile().setExecutable(true, false);
      for (String applet : Set.copyOf(APPLETS)) {
        Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
      }
      Path etc = Files.createDirectory(root.resolve("etc"));
      Files.writeString(
          etc.resolve("passwd"),
          "root:x:0:0:root:/root:/bin/sh\nworker:x:1000:1000::/home/worker:/bin/sh\n");
      Files.writeString(etc.resolve("group"), "root:x:0:\nworker:x:1000:\nextra:x:2000:\n");
      for (String folder : List.of("tmp", "root", "proc", "sys", "dev", "srv", "home/worker")) {
        Files.createDirectories(root.resolve(folder));
      }
      Path seed = Files.createDirectory(root.resolve("seed"));
      Files.writeString(seed.resolve("file"), "from the image\n");
      Files.writeString(
          context.resolve("Dockerfile"),
          """
          FROM scratch
          COPY root /
          ENV PATH=/bin GREETING=hello
          LABEL contract.image=yes
          CMD ["sleep", "1000"]
          """);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void deleteTree(Path tree) {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
