package jcompose.cli.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import jcompose.core.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// Two of a user's commands that bring the same project up take turns, so that the second finds
/// what the first has made instead of making it again. `down` and all else never wait.
public final class ProjectLock implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  /// A lock of a file is the process's, and is gone when any channel of the file is closed: so only
  /// one command of this JVM at a time opens it.
  private static final Map<String, ReentrantLock> OURS = new ConcurrentHashMap<>();

  private final ReentrantLock ours;
  private final @Nullable FileChannel channel;

  private ProjectLock(ReentrantLock ours, @Nullable FileChannel channel) {
    this.ours = ours;
    this.channel = channel;
  }

  /// Takes the lock of a project, waiting for it if need be.
  ///
  /// @param engine which engine the project is on, as the user named it
  /// @param waits called once when another command holds it
  /// @throws EngineException.Unavailable when interrupted meanwhile
  public static ProjectLock take(
      Map<String, String> environment, String engine, String project, Runnable waits) {
    String name =
        UUID.nameUUIDFromBytes((engine + "\n" + project).getBytes(StandardCharsets.UTF_8))
            + ".lock";
    ReentrantLock ours = OURS.computeIfAbsent(name, _ -> new ReentrantLock());
    boolean told = !ours.tryLock();
    try {
      if (told) {
        waits.run();
        ours.lockInterruptibly();
      }
    } catch (InterruptedException e) {
      throw interrupted(project, e);
    }
    FileChannel channel = null;
    try {
      Optional<Path> folder = folder(environment);
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
        channel =
            FileChannel.open(
                folder.get().resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        await(channel, told ? () -> {} : waits);
      }
      return new ProjectLock(ours, channel);
    } catch (InterruptedException e) {
      new ProjectLock(ours, channel).close();
      throw interrupted(project, e);
    } catch (IOException e) {
      return new ProjectLock(ours, channel); // no place for locks: other processes go unseen
    }
  }

  private static void await(FileChannel channel, Runnable waits)
      throws IOException, InterruptedException {
    for (boolean told = false; channel.tryLock() == null; told = true) {
      if (!told) {
        waits.run();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static EngineException interrupted(String project, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EngineException.Unavailable(
        "interrupted while another command brings project \"" + project + "\" up", e);
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
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // the lock ends with the process at the latest
    } finally {
      ours.unlock();
    }
  }
}
