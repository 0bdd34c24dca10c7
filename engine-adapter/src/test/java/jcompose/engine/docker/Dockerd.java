package jcompose.engine.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineException;
import jcompose.core.testkit.Needs;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/// A real dockerd of the test run's own: found in PATH or under /opt/peers, started on a folder of
/// its own at the first class that asks, stopped after the last. Where there is none, or no right
/// to start it, the classes are skipped and say why.
public final class Dockerd implements BeforeAllCallback {
  private static final Duration START_TIME = Duration.ofSeconds(60);
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Dockerd.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    running(context);
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("dockerd", _ -> Running.start(), Running.class);
  }

  private static volatile Optional<Running> current = Optional.empty();

  /// The engine on the daemon that runs; the same object each time.
  public static Engine engine() {
    return current.orElseThrow().engine;
  }

  /// Its address, `unix://…`.
  public static String host() {
    return current.orElseThrow().host;
  }

  private static final class Running implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final String host;
    private final Engine engine;

    private Running(Process process, Path folder) {
      this.process = process;
      this.folder = folder;
      this.host = "unix://" + folder.resolve("docker.sock");
      this.engine = new DockerProvider().open(Optional.of(host), Map.of());
    }

    static Running start() {
      Optional<Path> binary =
          Stream.concat(
                  Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
                  Stream.of("/opt/peers/usr/sbin", "/usr/sbin", "/usr/local/bin"))
              .filter(it -> !it.isEmpty())
              .map(it -> Path.of(it, "dockerd"))
              .filter(Files::isExecutable)
              .findFirst();
      Needs.DOCKERD.check(
          binary.isPresent(), "no dockerd in PATH or /opt/peers/usr/sbin: install docker.io");
      Needs.root();
      try {
        Path folder = Files.createTempDirectory("jcompose-dockerd");
        Running running = new Running(launch(binary.get(), folder), folder);
        running.awaitAnswer();
        current = Optional.of(running);
        return running;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Process launch(Path binary, Path folder) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  binary.toString(),
                  "--data-root=" + folder.resolve("data"),
                  "--exec-root=" + folder.resolve("exec"),
                  "--pidfile=" + folder.resolve("pid"),
                  "--host=unix://" + folder.resolve("docker.sock")));
      Path init = Path.of("/usr/bin/tini-static"); // Debian's docker-init is a link to it
      if (Files.isExecutable(init)) {
        command.add("--init-path=" + init);
      }
      var builder = new ProcessBuilder(command);
      // runc, containerd and docker-init stand beside dockerd where it is not installed for all
      Path folderOfBinary = Objects.requireNonNull(binary.getParent());
      Path beside = folderOfBinary.resolveSibling("bin");
      builder
          .environment()
          .merge("PATH", folderOfBinary + ":" + beside, (path, own) -> own + ":" + path);
      return builder
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile())
          .start();
    }

    private void awaitAnswer() throws IOException {
      long end = System.nanoTime() + START_TIME.toNanos();
      while (true) {
        try {
          engine.info();
          return;
        } catch (EngineException e) {
          if (!process.isAlive() || System.nanoTime() > end) {
            List<String> log = Files.readAllLines(folder.resolve("log"));
            String tail = String.join("\n", log.subList(Math.max(0, log.size() - 10), log.size()));
            close();
            Needs.DOCKERD.fail("dockerd does not start here: " + e.getMessage() + "\n" + tail);
            return;
          }
        }
        try {
          Thread.sleep(100);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new TestAbortedException("interrupted", e);
        }
      }
    }

    @Override
    public void close() throws IOException {
      current = Optional.empty();
      engine.close();
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      deleteBelow(folder);
    }

    private static void deleteBelow(Path folder) throws IOException {
      // network namespaces and the like stay mounted under exec until they are unmounted
      new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
  }
}
