package jcompose.cli.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jcompose.core.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// Two of a user's commands that bring the same project up take turns, so that the second finds
/// what the first has made instead of making it again. `down` and all else never wait.
public final class ProjectLock implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final @Nullable FileChannel channel;

  private ProjectLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock of a project, waiting for it if need be.
  ///
  /// @param engine which engine the project is on, as the user named it
  /// @param waits called once when another command holds it
  /// @throws EngineException.Unavailable when interrupted meanwhile
  public static ProjectLock take(
      Map<String, String> environment, String engine, String project, Runnable waits) {
    Optional<Path> folder = folder(environment);
    if (folder.isEmpty()) {
      return new ProjectLock(null);
    }
    String name =
        UUID.nameUUIDFromBytes((engine + "\n" + project).getBytes(StandardCharsets.UTF_8))
            + ".lock";
    try {
      Files.createDirectories(folder.get());
      var channel =
          FileChannel.open(
              folder.get().resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      for (boolean told = false; !locked(channel); told = true) {
        if (!told) {
          waits.run();
        }
        Thread.sleep(POLL_MILLIS);
      }
      return new ProjectLock(channel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable(
          "interrupted while another command brings project \"" + project + "\" up", e);
    } catch (IOException e) {
      return new ProjectLock(null); // no place for locks: as without them
    }
  }

  /// A lock of a file is the process's: a command in the same JVM meets the exception instead.
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Optional<Path> folder(Map<String, String> environment) {
    String home = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (Path.of(home).isAbsolute()) {
      return Optional.of(Path.of(home, "jcompose"));
    }
    Path root = Path.of("/run/jcompose");
    return Files.isWritable(Path.of("/run")) ? Optional.of(root) : Optional.empty();
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // the lock ends with the process at the latest
      }
    }
  }
}
