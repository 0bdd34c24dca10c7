package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A machine that went down in the middle of a write leaves half a record at a log's end: what a
/// monitor appended to it could not be read.
final class TornLog {
  private TornLog() {}

  /// Cuts off what is no whole record. Nobody may be writing.
  static void mend(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel log =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = log.size();
      if (size > 0 && LogRecord.sizeOfLast(log, size) < 0) {
        log.truncate(wholeRecords(log, size));
      }
    }
  }

  private static long wholeRecords(FileChannel log, long size) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(4);
    long at = 0;
    while (log.read(length.clear(), at + LogRecord.HEADER - 8) == 4) {
      long next =
          at + LogRecord.HEADER + Integer.toUnsignedLong(length.getInt(0)) + LogRecord.TRAILER;
      if (next > size) {
        break;
      }
      at = next;
    }
    return at;
  }
}
