package jcompose.engine.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import jcompose.core.engine.EngineException;

/// Makes sure that one process at a time works on a data root. The kernel drops the lock with the
/// process, however that ends.
final class DataRootLock implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private DataRootLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static DataRootLock take(Path dataRoot) {
    Path file = dataRoot.resolve("lock");
    FileChannel channel = null;
    try {
      Files.createDirectories(dataRoot);
      // what users' containers are given, secrets too, is kept below
      Files.setPosixFilePermissions(dataRoot, PosixFilePermissions.fromString("rwx--x---"));
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DataRootLock(channel, lock);
      }
      channel.close();
    } catch (AccessDeniedException e) {
      throw new EngineException.Denied(
          "the engine must run as root: %s is not writable".formatted(e.getFile()));
    } catch (OverlappingFileLockException e) {
      close(channel);
    } catch (IOException e) {
      throw new EngineException.Failed("cannot lock " + file + ": " + e.getMessage(), e);
    }
    throw new EngineException.Conflict(
        "another engine works on %s already (it holds %s)".formatted(dataRoot, file));
  }

  private static void close(@org.jspecify.annotations.Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new EngineException.Failed("cannot close a lock file", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException e) {
      throw new EngineException.Failed("cannot release a lock file", e);
    } finally {
      close(channel);
    }
  }
}
