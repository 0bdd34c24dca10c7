package jcompose.core.usecase;

import java.io.ByteArrayOutputStream;
import jcompose.core.engine.LogSink;

/// Cuts output into lines, each stream by itself; a last line without an end comes out at the end.
final class LineSplitter implements LogSink {
  private final LogConsumer consumer;
  private final LogConsumer.Source source;
  private final ByteArrayOutputStream standard = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  LineSplitter(LogConsumer consumer, LogConsumer.Source source) {
    this.consumer = consumer;
    this.source = source;
  }

  @Override
  public void write(Stream stream, byte[] bytes, int offset, int length) {
    ByteArrayOutputStream rest = rest(stream);
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        rest.write(bytes, start, i - start);
        flush(stream, rest);
        start = i + 1;
      }
    }
    rest.write(bytes, start, offset + length - start);
  }

  private ByteArrayOutputStream rest(Stream stream) {
    return switch (stream) {
      case STDOUT -> standard;
      case STDERR -> error;
    };
  }

  private void flush(Stream stream, ByteArrayOutputStream rest) {
    byte[] line = rest.toByteArray();
    rest.reset();
    consumer.line(source, stream, line);
  }

  /// Hands over what has no end of line.
  void finish() {
    for (Stream stream : Stream.values()) {
      if (rest(stream).size() > 0) {
        flush(stream, rest(stream));
      }
    }
  }
}
