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

  StreamFrames(OutputStream out, boolean raw, boolean stdout, boolean stderr) {
    this.out = out;
    this.raw = raw;
    this.stdout = stdout;
    this.stderr = stderr;
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
      byte[] frame = new byte[HEAD + length];
      frame[0] = (byte) (stream == Stream.STDOUT ? 1 : 2);
      frame[4] = (byte) (length >>> 24);
      frame[5] = (byte) (length >>> 16);
      frame[6] = (byte) (length >>> 8);
      frame[7] = (byte) length;
      System.arraycopy(bytes, offset, frame, HEAD, length);
      out.write(frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
