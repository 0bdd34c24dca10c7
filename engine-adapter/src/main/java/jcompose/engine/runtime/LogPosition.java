package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A place in a log.
///
/// @param generation of the file; see [LogFiles]
/// @param offset of a record
/// @param skip bytes of that record's data
record LogPosition(int generation, long offset, int skip) {

  /// Where the last `lines` lines begin, found from the end backwards. Bytes after the last end of
  /// line count as one.
  static LogPosition ofLastLines(LogFiles files, int lines) throws IOException {
    int missing = lines;
    boolean first = true;
    int last = files.oldest();
    for (int generation = 0; generation <= last; generation++) {
      Optional<LogFiles.Open> found = files.open(generation);
      if (found.isEmpty()) {
        continue;
      }
      try (LogFiles.Open open = found.get()) {
        long end = wholeRecords(open);
        if (lines == 0) {
          return new LogPosition(generation, end, 0);
        }
        while (end > 0) {
          long size = LogRecord.sizeOfLast(open.channel(), end);
          if (size < 0) {
            return new LogPosition(
                generation, end, 0); // damaged before here: what follows is still whole
          }
          ByteBuffer bytes = ByteBuffer.allocate((int) size);
          while (bytes.hasRemaining()
              && open.channel().read(bytes, end - size + bytes.position()) > 0) {}
          LogRecord log = LogRecord.parse(bytes.flip());
          if (log == null) {
            return new LogPosition(generation, end, 0);
          }
          ByteBuffer data = log.data();
          for (int i = data.limit() - 1; i >= 0; i--) {
            if (data.get(i) == '\n' && !first && missing-- == 1) {
              return new LogPosition(generation, end - size, i + 1);
            }
            first = false;
          }
          end -= size;
        }
      }
    }
    return new LogPosition(last, 0, 0);
  }

  /// The end of the last record that is whole.
  private static long wholeRecords(LogFiles.Open open) throws IOException {
    long size = open.channel().size();
    if (size == 0 || LogRecord.sizeOfLast(open.channel(), size) > 0) {
      return size;
    }
    long at = 0;
    ByteBuffer header = ByteBuffer.allocate(LogRecord.HEADER);
    while (open.channel().read(header.clear(), at) == LogRecord.HEADER) {
      long next = at + LogRecord.HEADER + (long) header.getInt(8) + LogRecord.TRAILER;
      if (next > size || next <= at) {
        break;
      }
      at = next;
    }
    return at;
  }
}
