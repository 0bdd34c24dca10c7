package jcompose.engine.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import jcompose.engine.host.OutlivingGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The helper process that forks a monitor for each connection, in a fraction of the time that
/// starting a program from a JVM takes. It ends with this process, and some seconds after the last
/// container was removed; the monitors it forked do not.
final class MonitorSpawner implements AutoCloseable {
  private static final Duration LINGERING = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(MonitorSpawner.class);

  private final Path folder;
  private final OutlivingGroup group;
  private final Path socket;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile @Nullable Process process;
  private volatile long lastUse;
  private final AtomicBoolean ending = new AtomicBoolean();
  private boolean extracted;
  private boolean initExtracted;

  /// @param group for the process and the monitors
  MonitorSpawner(Path folder, OutlivingGroup group) {
    this.folder = folder;
    this.group = group;
    this.socket = folder.resolve("spawner.sock");
  }

  /// A connection that a new monitor serves.
  MonitorChannel spawn() throws IOException {
    starting.lock();
    try {
      lastUse = System.nanoTime();
      ensureRunning();
      return MonitorChannel.connect(socket);
    } finally {
      starting.unlock();
    }
  }

  /// Ends the process when there is no container, unless one comes in a moment: for containers that
  /// come one after the other it stays.
  void endWhenUnused() {
    if (process != null && unused() && ending.compareAndSet(false, true)) {
      Thread.ofVirtual().name("spawner-end").start(this::endAfterAWhile);
    }
  }

  private void endAfterAWhile() {
    try {
      for (long idle = 0; idle < LINGERING.toNanos(); idle = System.nanoTime() - lastUse) {
        Thread.sleep(LINGERING.minusNanos(idle));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      ending.set(false);
    }
    starting.lock();
    try {
      // Whoever needs a monitor has made the container's folder before.
      if (unused()) {
        end();
      }
    } finally {
      starting.unlock();
    }
  }

  private boolean unused() {
    try (var containers = Files.newDirectoryStream(folder, Files::isDirectory)) {
      return !containers.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  private void end() {
    Process running = process;
    if (running != null) {
      running.destroy();
      process = null;
    }
    if (unused()) {
      group.removeWhenEmpty();
    }
  }

  /// A file of the program for `--init`, which containers see: not the one monitors are made from,
  /// so that who can write to it changes no other container's monitor.
  Path program() throws IOException {
    Path program = folder.resolve("jcompose-init");
    starting.lock();
    try {
      if (!initExtracted || !Files.exists(program)) {
        extract(program);
        initExtracted = true;
      }
    } finally {
      starting.unlock();
    }
    return program;
  }

  private void extract(Path program) throws IOException {
    try (InputStream in =
        MonitorSpawner.class.getResourceAsStream("/jcompose/engine/native/jcompose-monitor")) {
      if (in == null) {
        throw new IOException(
            "this build of jcompose holds no jcompose-monitor: build it with gcc");
      }
      Path fresh = Files.createTempFile(folder, "monitor", ".new");
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void ensureRunning() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    Path program = folder.resolve("jcompose-monitor");
    if (!extracted || !Files.exists(program)) {
      extract(program); // a former version's may lie there
      extracted = true;
    }
    Process started =
        new ProcessBuilder(program.toString(), "spawner", socket.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (started.getInputStream().read() != MonitorMessage.VERSION.charAt(0)) {
      started.destroyForcibly();
      throw new IOException("jcompose-monitor did not start: " + program);
    }
    try {
      group.take(started.pid());
    } catch (IOException e) {
      LOG.warn("a restart of the engine's service may end its containers: {}", e.getMessage());
    }
    process = started;
  }

  @Override
  public void close() {
    starting.lock();
    try {
      end();
    } finally {
      starting.unlock();
    }
  }
}
