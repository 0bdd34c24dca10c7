package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A place in a log.
///
/// @param file held open
/// @param offset of a record
/// @param skip bytes of that record's data
record LogPosition(LogFiles.Open file, long offset, int skip) {

  /// Where the last `lines` lines begin, found from the end backwards. Bytes after the last end of
  /// line count as one. Absent when there is no file.
  static Optional<LogPosition> ofLastLines(LogFiles files, int lines) throws IOException {
    Optional<LogFiles.Open> current = files.current();
    var search = new Search(lines);
    while (current.isPresent()) {
      LogFiles.Open open = current.get();
      try {
        Optional<LogPosition> found = search.in(open);
        if (found.isPresent()) {
          return found;
        }
        current = files.before(open);
      } catch (IOException e) {
        open.close();
        throw e;
      }
      if (current.isEmpty()) {
        return Optional.of(new LogPosition(open, 0, 0));
      }
      open.close();
    }
    return Optional.empty();
  }

  /// Counts lines from the end on.
  private static final class Search {
    private final int lines;
    private int missing;
    private boolean first = true;

    Search(int lines) {
      this.lines = lines;
      this.missing = lines;
    }

    Optional<LogPosition> in(LogFiles.Open open) throws IOException {
      long end = wholeRecords(open);
      if (lines == 0) {
        return Optional.of(new LogPosition(open, end, 0));
      }
      while (end > 0) {
        long size = LogRecord.sizeOfLast(open.channel(), end);
        if (size < 0) {
          return Optional.of(
              new LogPosition(open, end, 0)); // damaged before here: what follows is still whole
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        while (bytes.hasRemaining()
            && open.channel().read(bytes, end - size + bytes.position()) > 0) {}
        LogRecord log = LogRecord.parse(bytes.flip());
        if (log == null) {
          return Optional.of(new LogPosition(open, end, 0));
        }
        ByteBuffer data = log.data();
        for (int i = data.limit() - 1; i >= 0; i--) {
          if (data.get(i) == '\n' && !first && missing-- == 1) {
            return Optional.of(new LogPosition(open, end - size, i + 1));
          }
          first = false;
        }
        end -= size;
      }
      return Optional.empty();
    }
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
