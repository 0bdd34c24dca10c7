package jcompose.engine.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import jcompose.core.engine.LogSink;

/// Takes apart the stream of a log or an exec: frames of eight bytes of header and their payload,
/// or, from a terminal, one raw stream.
///
/// @see <a
///   href="https://docs.docker.com/reference/api/engine/version/v1.45/#tag/Container/operation/ContainerAttach">Engine
///   API, stream format</a>
final class OutputFrames {
  private static final int HEADER_BYTES = 8;
  private static final int BUFFER_BYTES = 32 * 1024;

  private OutputFrames() {}

  static void copy(InputStream from, boolean raw, LogSink to) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    if (raw) {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(LogSink.Stream.STDOUT, buffer, 0, count);
      }
      return;
    }
    byte[] header = new byte[HEADER_BYTES];
    while (true) {
      int got = from.readNBytes(header, 0, HEADER_BYTES);
      if (got == 0) {
        return;
      }
      if (got < HEADER_BYTES) {
        throw new EOFException("the output broke off within a frame's header");
      }
      long left =
          (header[4] & 0xffL) << 24
              | (header[5] & 0xff) << 16
              | (header[6] & 0xff) << 8
              | (header[7] & 0xff);
      // 3 is what the daemon itself has to say about the stream
      var stream = header[0] >= 2 ? LogSink.Stream.STDERR : LogSink.Stream.STDOUT;
      while (left > 0) {
        int count = from.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException("the output broke off within a frame");
        }
        to.write(stream, buffer, 0, count);
        left -= count;
      }
    }
  }
}
