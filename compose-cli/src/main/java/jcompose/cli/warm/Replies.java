package jcompose.cli.warm;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// What is said to `bin/jcompose`, one frame at a time; threads may share it. Once the command has
/// ended or the caller has gone, nothing is said any more and output is an error.
final class Replies {
  static final char ACCEPTED = 'A';
  static final char REFUSED = 'B';
  static final char OUTPUT = 'O';
  static final char ERROR = 'E';
  static final char NEED_INPUT = 'N';
  static final char RAW = 'R';
  static final char COOKED = 'Q';
  static final char DIE = 'D';
  static final char EXIT = 'X';

  private final WritableByteChannel channel;
  private boolean ended;

  Replies(WritableByteChannel channel) {
    this.channel = channel;
  }

  /// Says something that carries no bytes.
  ///
  /// @param number in the place of the length: the exit status, the signal; otherwise 0
  void say(char type, int number) throws IOException {
    send(type, number, ByteBuffer.allocate(0));
  }

  private synchronized void send(char type, int number, ByteBuffer data) throws IOException {
    if (ended) {
      throw new IOException("the caller has gone");
    }
    ended = type == EXIT || type == DIE || type == REFUSED;
    var frame = ByteBuffer.allocate(5 + data.remaining());
    frame.put((byte) type).putInt(number).put(data).flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  /// Nothing that is said from now on arrives.
  synchronized void end() {
    ended = true;
  }

  /// A stream of the caller's.
  OutputStream stream(char type) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] data, int offset, int length) throws IOException {
        if (length > 0) {
          send(type, length, ByteBuffer.wrap(data, offset, length));
        }
      }
    };
  }
}
