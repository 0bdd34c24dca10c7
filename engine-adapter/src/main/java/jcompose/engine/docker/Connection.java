package jcompose.engine.docker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// One open byte stream to a daemon, both ways. Used by one request at a time.
final class Connection implements Closeable {
  private static final int BUFFER_BYTES = 16 * 1024;

  final InputStream input;
  final OutputStream output;
  private final Closeable socket;
  private final Closeable endOfOutput;

  /// When it was last given back, for judging whether the daemon may have closed it.
  long idleSinceNanos;

  /// @param endOfOutput tells the daemon that nothing more is sent
  Connection(InputStream input, OutputStream output, Closeable socket, Closeable endOfOutput) {
    this.input = new BufferedInputStream(input, BUFFER_BYTES);
    this.output = new BufferedOutputStream(output, BUFFER_BYTES);
    this.socket = socket;
    this.endOfOutput = endOfOutput;
  }

  void endOutput() throws IOException {
    output.flush();
    endOfOutput.close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // whatever it was, the stream is of no use any more
    }
  }
}
