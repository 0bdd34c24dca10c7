package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import jcompose.core.engine.LogSink;
import org.jspecify.annotations.Nullable;

/// One piece of output in a log file: nanoseconds since 1970 (64 bits), length (32), stream (8),
/// three zeros, the bytes, and the length again, so that a file can be read backwards. All
/// big-endian.
///
/// @param data its bytes, valid until the next read into the same buffer
record LogRecord(long nanoseconds, LogSink.Stream stream, ByteBuffer data) {
  static final int HEADER = 16;
  static final int TRAILER = 4;
  private static final int MAXIMUM = 1 << 20;

  static @Nullable LogRecord parse(ByteBuffer from) {
    if (from.remaining() < HEADER) {
      return null;
    }
    int at = from.position();
    int length = from.getInt(at + 8);
    if (length < 0 || length > MAXIMUM) {
      throw new IllegalStateException(
          "a log file is damaged: a record claims " + length + " bytes");
    }
    if (from.remaining() < HEADER + length + TRAILER) {
      return null;
    }
    LogRecord log =
        new LogRecord(
            from.getLong(at),
            from.get(at + 12) == MonitorChannel.STDERR
                ? LogSink.Stream.STDERR
                : LogSink.Stream.STDOUT,
            from.slice(at + HEADER, length));
    from.position(at + HEADER + length + TRAILER);
    return log;
  }

  /// Size of the record that ends at `end`; -1 when none does, because it is only half written.
  static long sizeOfLast(FileChannel file, long end) throws IOException {
    ByteBuffer word = ByteBuffer.allocate(4);
    if (end < HEADER + TRAILER || file.read(word, end - TRAILER) < 4) {
      return -1;
    }
    long size = HEADER + (long) word.getInt(0) + TRAILER;
    if (size < HEADER + TRAILER || size > end || file.read(word.clear(), end - size + 8) < 4) {
      return -1;
    }
    return word.getInt(0) + (long) HEADER + TRAILER == size ? size : -1;
  }

  int size() {
    return HEADER + data.capacity() + TRAILER;
  }
}
