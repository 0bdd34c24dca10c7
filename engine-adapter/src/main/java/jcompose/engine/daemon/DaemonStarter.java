package jcompose.engine.daemon;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jcompose.core.engine.EngineException;

/// Starts and stops a daemon in a process of its own, on behalf of a command line.
public final class DaemonStarter {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /// A lock of a file holds other processes back, not another thread of this one.
  private static final ReentrantLock STARTING = new ReentrantLock();

  private final DaemonSettings settings;
  private final List<String> command;

  /// @param command starts `engine serve` with these settings in the foreground
  public DaemonStarter(DaemonSettings settings, List<String> command) {
    this.settings = settings;
    this.command = List.copyOf(command);
  }

  /// Small and quick to start: an engine is idle most of the time.
  public static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx512m",
          "-Xss512k",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED");

  /// What [Daemon#main] takes for these settings.
  public static List<String> arguments(DaemonSettings settings) {
    return List.of(
        "--detached",
        "--socket",
        settings.socket().toString(),
        "--data-root",
        settings.engine().dataRoot().toString(),
        "--config-file",
        settings.file().toString());
  }

  /// Whether a daemon answers on the socket.
  public boolean running() {
    return DaemonProbe.answers(settings.socket());
  }

  /// The process id of the daemon that runs, if one does.
  public Optional<Long> pid() {
    try {
      return Optional.of(Long.parseLong(Files.readString(settings.pidFile()).strip()))
          .filter(it -> ProcessHandle.of(it).isPresent());
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Starts a daemon when none answers; returns once one does. Two callers at once start one.
  ///
  /// @return whether this call started it
  /// @throws EngineException.Denied when this user may not use or start it
  /// @throws EngineException.Unavailable when it did not come up, with its last words
  public boolean ensureRunning() {
    if (running()) {
      return false;
    }
    if (!Daemon.isRoot()) {
      throw new EngineException.Denied(
          Files.exists(settings.socket())
              ? "no right to use the engine at %s: run as root, or join the group jcompose"
                  .formatted(settings.socket())
              : "the engine does not run and only root can start it: try sudo, or name another"
                  + " engine with --host or DOCKER_HOST");
    }
    STARTING.lock();
    try {
      Files.createDirectories(settings.startLock().getParent());
      try (var channel =
              FileChannel.open(
                  settings.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        if (running()) {
          return false; // someone else was quicker
        }
        awaitReady(launch());
        return true;
      }
    } catch (AccessDeniedException e) {
      throw new EngineException.Denied("no right to write " + e.getFile());
    } catch (IOException e) {
      throw new EngineException.Unavailable("cannot start the engine: " + e, e);
    } finally {
      STARTING.unlock();
    }
  }

  private Process launch() throws IOException {
    Path log = settings.logFile();
    Files.createDirectories(log.getParent());
    return new ProcessBuilder(command)
        .directory(Path.of("/").toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectErrorStream(true)
        .start();
  }

  private void awaitReady(Process process) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (Files.exists(settings.socket()) && running()) {
        return;
      }
      if (!process.isAlive()) {
        throw new EngineException.Unavailable(
            "the engine ended while it started (exit code %d):%n%s%nIts log is %s"
                .formatted(process.exitValue(), lastWords(), settings.logFile()));
      }
      pause();
    }
    throw new EngineException.Unavailable(
        "the engine did not answer within %d s; its log is %s"
            .formatted(START_LIMIT.toSeconds(), settings.logFile()));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while the engine started", e);
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(settings.logFile());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "(its log cannot be read: " + e + ")";
    }
  }

  /// Ends the daemon that runs; containers go on.
  ///
  /// @return whether one ran
  /// @throws EngineException.Failed when it does not end
  public boolean stop() {
    Optional<ProcessHandle> process = pid().flatMap(ProcessHandle::of);
    if (process.isEmpty() || !running()) {
      return false;
    }
    if (!process.get().destroy()) {
      throw new EngineException.Denied(
          "no right to end the engine (process " + process.get().pid() + ")");
    }
    try {
      process.get().onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while the engine ended", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new EngineException.Failed(
          "the engine (process " + process.get().pid() + ") does not end", e);
    }
  }
}
