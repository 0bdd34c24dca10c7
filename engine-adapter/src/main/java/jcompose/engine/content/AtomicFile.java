package jcompose.engine.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Replaces a file as a whole: after a crash it has its old contents or its new ones.
public final class AtomicFile {
  private AtomicFile() {}

  /// Writes beside, syncs, moves into place.
  public static void write(Path file, byte[] contents) throws IOException {
    Path beside = Files.createTempFile(folderOf(file), ".new-", "");
    try {
      try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(contents);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
    syncFolder(folderOf(file));
  }

  /// Makes the names in a folder as durable as the files.
  public static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path folderOf(Path file) {
    return file.toAbsolutePath().resolve("..").normalize();
  }
}
