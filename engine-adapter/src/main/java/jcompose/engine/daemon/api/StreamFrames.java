package jcompose.engine.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import jcompose.core.engine.LogSink;

/// Output for a client: in frames that name the stream, or, with a terminal, as it is.
///
/// @see <a
///   href="https://docs.docker.com/reference/api/engine/version/v1.45/#tag/Container/operation/ContainerAttach">stream
///   format</a>
final class StreamFrames implements LogSink {
  private static final int HEAD = 8;

  private final OutputStream out;
  private final boolean raw;
  private final boolean stdout;
  private final boolean stderr;
  private final boolean byLine;

  /// As it comes: for what a client is attached to.
  StreamFrames(OutputStream out, boolean raw, boolean stdout, boolean stderr) {
    this(out, raw, stdout, stderr, false);
  }

  private StreamFrames(
      OutputStream out, boolean raw, boolean stdout, boolean stderr, boolean byLine) {
    this.out = out;
    this.raw = raw;
    this.stdout = stdout;
    this.stderr = stderr;
    this.byLine = byLine;
  }

  /// A frame a line: clients take a log's frames for its lines.
  static StreamFrames lines(OutputStream out, boolean raw, boolean stdout, boolean stderr) {
    return new StreamFrames(out, raw, stdout, stderr, true);
  }

  /// @throws UncheckedIOException when the client is gone
  @Override
  public void write(Stream stream, byte[] bytes, int offset, int length) {
    boolean wanted = stream == Stream.STDOUT ? stdout : stderr;
    if (length == 0 || !wanted) {
      return;
    }
    try {
      if (raw) {
        out.write(bytes, offset, length);
        return;
      }
      int end = offset + length;
      int frames = byLine ? lines(bytes, offset, end) : 1;
      byte[] framed = new byte[frames * HEAD + length];
      int at = 0;
      for (int begin = offset; begin < end; ) {
        int next = byLine ? endOfLine(bytes, begin, end) : end;
        at = frame(framed, at, stream, bytes, begin, next - begin);
        begin = next;
      }
      out.write(framed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int frame(
      byte[] framed, int at, Stream stream, byte[] bytes, int offset, int length) {
    framed[at] = (byte) (stream == Stream.STDOUT ? 1 : 2);
    framed[at + 4] = (byte) (length >>> 24);
    framed[at + 5] = (byte) (length >>> 16);
    framed[at + 6] = (byte) (length >>> 8);
    framed[at + 7] = (byte) length;
    System.arraycopy(bytes, offset, framed, at + HEAD, length);
    return at + HEAD + length;
  }

  /// How many lines there are, an unfinished last one included.
  private static int lines(byte[] bytes, int offset, int end) {
    int lines = 0;
    for (int i = offset; i < end; i++) {
      lines += bytes[i] == '\n' || i == end - 1 ? 1 : 0;
    }
    return lines;
  }

  private static int endOfLine(byte[] bytes, int begin, int end) {
    int i = begin;
    while (i < end && bytes[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, end);
  }
}
