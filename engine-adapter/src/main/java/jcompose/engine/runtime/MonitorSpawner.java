package jcompose.engine.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The helper process that forks a monitor for each connection, in a fraction of the time that
/// starting a program from a JVM takes. It ends with this process; the monitors it forked do not.
final class MonitorSpawner implements AutoCloseable {
  private final Path folder;
  private final Path socket;
  private final ReentrantLock starting = new ReentrantLock();
  private @Nullable Process process;

  MonitorSpawner(Path folder) {
    this.folder = folder;
    this.socket = folder.resolve("spawner.sock");
  }

  /// A connection that a new monitor serves.
  MonitorChannel spawn() throws IOException {
    ensureRunning();
    return MonitorChannel.connect(socket);
  }

  /// The program file, for `--init`.
  Path program() throws IOException {
    Path program = folder.resolve("jcompose-monitor");
    starting.lock();
    try {
      if (!Files.exists(program)) {
        extract(program);
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
    starting.lock();
    try {
      if (process != null && process.isAlive()) {
        return;
      }
      Path program = folder.resolve("jcompose-monitor");
      extract(program); // always: a former version's may lie there
      Process started =
          new ProcessBuilder(program.toString(), "spawner", socket.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (started.getInputStream().read() != MonitorMessage.VERSION.charAt(0)) {
        started.destroyForcibly();
        throw new IOException("jcompose-monitor did not start: " + program);
      }
      process = started;
    } finally {
      starting.unlock();
    }
  }

  @Override
  public void close() {
    starting.lock();
    try {
      if (process != null) {
        process.destroy();
      }
    } finally {
      starting.unlock();
    }
  }
}
