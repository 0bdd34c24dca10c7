package jcompose.engine.daemon.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// What a client receives, unbuffered: each write blocks until the kernel has taken all of it.
final class ConnectionOutput extends OutputStream {
  private final WritableByteChannel channel;

  ConnectionOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    var source = ByteBuffer.wrap(bytes, offset, length);
    while (source.hasRemaining()) {
      channel.write(source);
    }
  }
}
