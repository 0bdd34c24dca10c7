package jcompose.cli.warm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;

/// The caller's standard input. A piece of it is fetched when the command reads and none is left,
/// so that what the command does not read stays with the caller.
final class RelayedInput extends InputStream {
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final Replies replies;
  private final LinkedBlockingQueue<ByteBuffer> pieces = new LinkedBlockingQueue<>();
  private ByteBuffer piece = END;
  private boolean ended;

  RelayedInput(Replies replies) {
    this.replies = replies;
  }

  /// @param data what the caller sent; empty at the end
  void arrived(ByteBuffer data) {
    pieces.add(data);
  }

  /// The caller has gone.
  void ended() {
    pieces.add(END);
  }

  @Override
  public synchronized int read() throws IOException {
    return fill() ? piece.get() & 0xff : -1;
  }

  @Override
  public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, piece.remaining());
    piece.get(buffer, offset, count);
    return count;
  }

  @Override
  public synchronized int available() {
    return piece.remaining();
  }

  private boolean fill() throws IOException {
    if (!piece.hasRemaining() && !ended) {
      replies.say(Replies.NEED_INPUT, 0);
      try {
        piece = pieces.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for input");
      }
      ended = !piece.hasRemaining();
    }
    return !ended;
  }
}
