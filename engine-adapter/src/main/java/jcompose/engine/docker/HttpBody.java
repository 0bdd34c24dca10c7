package jcompose.engine.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of one response. Gives the connection back once all of it is read; closing it earlier
/// closes the connection, for the rest would have to be read to use it again.
final class HttpBody extends InputStream {
  private static final int MAX_LINE = 8 * 1024;

  private final Connection connection;
  private final ConnectionPool pool;
  private final boolean chunked;
  private final boolean reusable;

  /// Bytes left of the body or, when chunked, of the chunk; -1 for all until the connection ends.
  private long left;

  private boolean started;
  private volatile boolean done;

  /// @param length -1 where the end of the connection is the end of the body
  HttpBody(
      Connection connection, ConnectionPool pool, boolean chunked, long length, boolean reusable)
      throws IOException {
    this.connection = connection;
    this.pool = pool;
    this.chunked = chunked;
    this.left = chunked ? 0 : length;
    this.reusable = reusable;
    if (!chunked && length == 0) {
      finish();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (done || (chunked && left == 0 && !nextChunk())) {
      return -1;
    }
    int most = left < 0 ? length : (int) Math.min(length, left);
    int count = connection.input.read(bytes, offset, most);
    if (count < 0) {
      done = true;
      connection.close();
      if (left >= 0) {
        throw new EOFException("the daemon closed the connection in the middle of a response");
      }
      return -1;
    }
    if (left > 0) {
      left -= count;
      if (left == 0 && !chunked) {
        finish();
      }
    }
    return count;
  }

  private boolean nextChunk() throws IOException {
    if (started) {
      readLine(connection.input);
    }
    started = true;
    String size = readLine(connection.input);
    int end = size.indexOf(';');
    try {
      left = Long.parseLong((end < 0 ? size : size.substring(0, end)).strip(), 16);
    } catch (NumberFormatException e) {
      connection.close();
      throw new IOException("the daemon sent a chunk without a size: " + size, e);
    }
    if (left > 0) {
      return true;
    }
    while (!readLine(connection.input).isEmpty()) {
      // trailers say nothing we need
    }
    finish();
    return false;
  }

  private void finish() {
    done = true;
    if (reusable) {
      pool.giveBack(connection);
    } else {
      connection.close();
    }
  }

  @Override
  public int available() throws IOException {
    return done
        ? 0
        : (int) Math.min(left < 0 ? Integer.MAX_VALUE : left, connection.input.available());
  }

  @Override
  public void close() {
    if (!done) {
      done = true;
      connection.close();
    }
  }

  /// Reads up to a line feed; the line without its end.
  static String readLine(InputStream input) throws IOException {
    var line = new StringBuilder(64);
    while (true) {
      int next = input.read();
      if (next < 0) {
        throw new EOFException("the daemon closed the connection");
      }
      if (next == '\n') {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString();
      }
      if (line.length() >= MAX_LINE) {
        throw new IOException("the daemon sent a header line that is too long");
      }
      line.append((char) next);
    }
  }
}
