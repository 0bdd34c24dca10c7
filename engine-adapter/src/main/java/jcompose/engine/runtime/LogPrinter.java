package jcompose.engine.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.LogSink;

/// Hands records to a sink, with a time before each line where asked.
final class LogPrinter {
  /// RFC 3339 with nine digits always, as Docker prints it.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z' ").withZone(ZoneOffset.UTC);

  private final LogSink sink;
  private final boolean timestamps;
  private final String prefix;
  private final Map<LogSink.Stream, Boolean> insideLine = new EnumMap<>(LogSink.Stream.class);

  /// @param prefix for each line, after its time
  LogPrinter(LogSink sink, boolean timestamps, Optional<String> prefix) {
    this.sink = sink;
    this.timestamps = timestamps;
    this.prefix = prefix.orElse("");
  }

  void print(LogRecord log) {
    ByteBuffer data = log.data();
    if (!timestamps && prefix.isEmpty()) {
      sink.write(
          log.stream(), data.array(), data.arrayOffset() + data.position(), data.remaining());
      return;
    }
    String time = timestamps ? TIME.format(instant(log.nanoseconds())) : "";
    byte[] before = (time + prefix).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.remaining() + 2 * before.length);
    boolean inside = insideLine.getOrDefault(log.stream(), false);
    while (data.hasRemaining()) {
      if (!inside) {
        out.writeBytes(before);
      }
      int from = data.position();
      int end = from;
      while (end < data.limit() && data.get(end) != '\n') {
        end++;
      }
      inside = end == data.limit();
      int length = (inside ? end : end + 1) - from;
      out.write(data.array(), data.arrayOffset() + from, length);
      data.position(from + length);
    }
    insideLine.put(log.stream(), inside);
    byte[] bytes = out.toByteArray();
    sink.write(log.stream(), bytes, 0, bytes.length);
  }

  private static Instant instant(long nanoseconds) {
    return Instant.ofEpochSecond(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
  }
}
