package jcompose.engine.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/// What a client sends, buffered. While a response is under way it can be read ahead in the
/// background, which is how a client that goes away is noticed.
final class ConnectionInput extends InputStream {
  private static final int BUFFER_BYTES = 2048; // kept by every idle connection

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private @Nullable Thread watcher;

  ConnectionInput(ReadableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!buffer.hasRemaining() && watcher == null && length >= BUFFER_BYTES) {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    return count;
  }

  /// Waits for the next byte; false at the end.
  boolean fill() throws IOException {
    Thread reading = watcher;
    if (reading != null) {
      try {
        reading.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      watcher = null;
    }
    return buffer.hasRemaining() || fillNow();
  }

  private boolean fillNow() throws IOException {
    buffer.clear().limit(0);
    var space = ByteBuffer.wrap(buffer.array());
    int count = channel.read(space);
    buffer.limit(Math.max(count, 0));
    return count > 0;
  }

  /// Reads ahead on a thread of its own and runs `gone` when the client has closed its side. The
  /// request's body must have been read.
  void watch(Runnable gone) {
    if (watcher != null || buffer.hasRemaining()) {
      return; // a pipelined request: the client is there and waits its turn
    }
    watcher =
        Thread.ofVirtual()
            .name("watch-client")
            .start(
                () -> {
                  boolean present;
                  try {
                    present = fillNow();
                  } catch (IOException e) {
                    present = false;
                  }
                  if (!present) {
                    gone.run();
                  }
                });
  }
}
