package jcompose.engine.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// A connection to a monitor: frames of eight bytes of header (kind, three zeros, length as 32 bits
/// big-endian) and a payload. One thread reads; any may write.
final class MonitorChannel implements AutoCloseable {
  static final int STDIN = 0;
  static final int STDOUT = 1;
  static final int STDERR = 2;
  static final int MESSAGE = 3;
  static final int DATA_MAXIMUM = 65536;

  private static final int HEADER = 8;
  private static final int MESSAGE_MAXIMUM = 1 << 20;

  private final SocketChannel channel;
  private final ReentrantLock writing = new ReentrantLock();
  private ByteBuffer buffer = ByteBuffer.allocate(1024).flip();

  private MonitorChannel(SocketChannel channel) {
    this.channel = channel;
  }

  static MonitorChannel connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new MonitorChannel(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void send(MonitorMessage message) throws IOException {
    write(message.encode());
  }

  /// Sends input; a length of zero ends it.
  void sendInput(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    do {
      int part = Math.min(left, DATA_MAXIMUM);
      ByteBuffer frame = ByteBuffer.allocate(HEADER + part);
      frame.putInt(STDIN << 24).putInt(part).put(bytes, at, part).flip();
      write(frame);
      at += part;
      left -= part;
    } while (left > 0);
  }

  private void write(ByteBuffer frame) throws IOException {
    writing.lock();
    try {
      while (frame.hasRemaining()) {
        channel.write(frame);
      }
    } finally {
      writing.unlock();
    }
  }

  /// The next frame. Its payload is valid until the next call.
  ///
  /// @throws EOFException when the monitor has closed the connection
  Frame read() throws IOException {
    fill(HEADER);
    int kind = buffer.getInt() >>> 24;
    int length = buffer.getInt();
    if (kind > MESSAGE || length < 0 || length > MESSAGE_MAXIMUM) {
      throw new IOException("not a frame of a monitor: kind " + kind + ", length " + length);
    }
    fill(length);
    ByteBuffer payload = buffer.slice(buffer.position(), length);
    buffer.position(buffer.position() + length);
    return new Frame(kind, payload);
  }

  private void fill(int needed) throws IOException {
    if (buffer.remaining() >= needed) {
      return;
    }
    if (buffer.capacity() < needed) {
      buffer = ByteBuffer.allocate(Math.max(needed + HEADER, 2 * DATA_MAXIMUM)).put(buffer).flip();
    }
    buffer.compact();
    while (buffer.position() < needed) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the monitor closed the connection");
      }
    }
    buffer.flip();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // a socket that is gone is closed
    }
  }

  /// @param kind `STDOUT`, `STDERR` or `MESSAGE`
  record Frame(int kind, ByteBuffer payload) {
    MonitorMessage message() throws IOException {
      if (kind != MESSAGE) {
        throw new IOException("output where a message was expected");
      }
      return MonitorMessage.decode(payload);
    }
  }
}
