package jcompose.engine.daemon.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A request's body: it ends where its framing says, never reads past it, and asks the client to go
/// on (`100 Continue`) when the first byte is wanted.
final class RequestBody extends InputStream {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_CHUNK_LINE = 256;
  private static final int MOST_TRAILER_BYTES = 8192;

  private final InputStream in;
  private final OutputStream out;
  private final boolean chunked;
  private long left;
  private boolean continueWanted;
  private boolean ended;
  private boolean firstChunk = true;

  private RequestBody(
      InputStream in, OutputStream out, boolean chunked, long left, boolean continueWanted) {
    this.in = in;
    this.out = out;
    this.chunked = chunked;
    this.left = left;
    this.continueWanted = continueWanted;
    this.ended = !chunked && left == 0;
  }

  /// @throws HttpException when the framing headers contradict each other
  static RequestBody of(HttpRequest request, InputStream in, OutputStream out) {
    var lengths = request.headers().getOrDefault("content-length", java.util.List.of());
    var codings = request.headers().getOrDefault("transfer-encoding", java.util.List.of());
    boolean continueWanted = request.headerHas("expect", "100-continue");
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty()) {
        throw new HttpException(400, "both Content-Length and Transfer-Encoding");
      }
      if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
        throw new HttpException(501, "unsupported transfer encoding");
      }
      return new RequestBody(in, out, true, 0, continueWanted);
    }
    if (lengths.isEmpty()) {
      return new RequestBody(in, out, false, 0, false);
    }
    String length = lengths.getFirst();
    if (!length.matches("[0-9]{1,18}") || lengths.stream().anyMatch(it -> !it.equals(length))) {
      throw new HttpException(400, "bad Content-Length");
    }
    return new RequestBody(in, out, false, Long.parseLong(length), continueWanted);
  }

  boolean ended() {
    return ended;
  }

  /// Whether the client holds the body back and will not send it, as it was never asked to.
  boolean unasked() {
    return continueWanted && !ended;
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
    if (continueWanted && !ended) {
      continueWanted = false;
      out.write(CONTINUE);
    }
    if (!ended && chunked && left == 0) {
      startChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("connection closed within a request body");
    }
    left -= count;
    ended = !chunked && left == 0;
    return count;
  }

  private void startChunk() throws IOException {
    if (!firstChunk && !readLine(LONGEST_CHUNK_LINE).isEmpty()) {
      throw new HttpException(400, "malformed chunk");
    }
    firstChunk = false;
    String line = readLine(LONGEST_CHUNK_LINE);
    int semicolon = line.indexOf(';');
    String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new HttpException(400, "malformed chunk size");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      int most = MOST_TRAILER_BYTES;
      for (String trailer = readLine(most); !trailer.isEmpty(); trailer = readLine(most)) {
        most -= trailer.length();
      }
      ended = true;
    }
  }

  private String readLine(int most) throws IOException {
    var line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("connection closed within a request body");
      }
      if (next == '\n') {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
          line.setLength(last);
        }
        return line.toString();
      }
      if (line.length() >= most) {
        throw new HttpException(400, "chunk header too long");
      }
      line.append((char) next);
    }
  }
}
