package jcompose.engine.daemon.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/// The server's side of a WebSocket (RFC 6455) as plain bytes: each write is a binary message, the
/// payloads of all messages that come, text or binary, are one input. Nothing is buffered whole, so
/// that a frame of any length takes no memory.
public final class WebSocketStream implements RawStream {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // section 1.3
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LONGEST_CONTROL = 125;
  private static final byte[] NORMAL_CLOSURE = {1000 >> 8, (byte) 1000};

  private final RawStream raw;
  private final InputStream input = new Payloads();
  private final OutputStream output = new Messages();
  private final ReentrantLock writing = new ReentrantLock();

  /// @param raw the connection, after the handshake
  public WebSocketStream(RawStream raw) {
    this.raw = raw;
  }

  /// The answer to a client's `Sec-WebSocket-Key`.
  public static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key.strip() + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void closeOutput() throws IOException {
    send(CLOSE, NORMAL_CLOSURE, 0, NORMAL_CLOSURE.length);
    raw.closeOutput();
  }

  @Override
  public void abort() {
    raw.abort();
  }

  private void send(int opcode, byte[] from, int offset, int count) throws IOException {
    var frame = ByteBuffer.allocate(10 + count).put((byte) (0x80 | opcode));
    if (count <= LONGEST_CONTROL) {
      frame.put((byte) count);
    } else if (count <= 0xffff) {
      frame.put((byte) 126).putShort((short) count);
    } else {
      frame.put((byte) 127).putLong(count);
    }
    frame.put(from, offset, count);
    writing.lock();
    try {
      raw.output().write(frame.array(), 0, frame.position());
      raw.output().flush();
    } finally {
      writing.unlock();
    }
  }

  private final class Messages extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      if (count > 0) {
        send(BINARY, from, offset, count);
      }
    }
  }

  private final class Payloads extends InputStream {
    private final byte[] mask = new byte[4];
    private long left;
    private int masked;
    private boolean ended;

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, into.length);
      if (count == 0) {
        return 0;
      }
      while (left == 0) {
        if (ended || !nextFrame()) {
          ended = true;
          return -1;
        }
      }
      int got = raw.input().read(into, offset, (int) Math.min(left, count));
      if (got < 0) {
        throw new EOFException("WebSocket frame cut off");
      }
      unmask(into, offset, got);
      left -= got;
      return got;
    }

    /// @return false at the end: a close frame or the connection's end between frames
    private boolean nextFrame() throws IOException {
      int first = raw.input().read();
      if (first < 0) {
        return false;
      }
      if ((first & 0x70) != 0) {
        throw new IOException("WebSocket extension that was not agreed on");
      }
      int second = byteOfHead();
      if ((second & 0x80) == 0) {
        throw new IOException("WebSocket client sent an unmasked frame");
      }
      long length = length(second & 0x7f);
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) byteOfHead();
      }
      masked = 0;
      int opcode = first & 0x0f;
      return switch (opcode) {
        case CONTINUATION, TEXT, BINARY -> {
          left = length;
          yield true;
        }
        case CLOSE, PING, PONG -> control(opcode, length);
        default -> throw new IOException("unknown WebSocket frame " + opcode);
      };
    }

    private boolean control(int opcode, long length) throws IOException {
      if (length > LONGEST_CONTROL) {
        throw new IOException("WebSocket control frame of " + length + " bytes");
      }
      byte[] payload = raw.input().readNBytes((int) length);
      unmask(payload, 0, payload.length);
      if (opcode == PING) {
        send(PONG, payload, 0, payload.length);
      }
      return opcode != CLOSE;
    }

    private long length(int given) throws IOException {
      int bytes = given < 126 ? 0 : given == 126 ? 2 : 8;
      long length = bytes == 0 ? given : 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | byteOfHead();
      }
      if (length < 0) {
        throw new IOException("WebSocket frame of a negative length");
      }
      return length;
    }

    private int byteOfHead() throws IOException {
      int one = raw.input().read();
      if (one < 0) {
        throw new EOFException("WebSocket frame cut off");
      }
      return one;
    }

    private void unmask(byte[] bytes, int offset, int count) {
      for (int i = 0; i < count; i++) {
        bytes[offset + i] ^= mask[masked++ & 3];
      }
      masked &= 3;
    }
  }
}
