package jcompose.engine.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// One request and the response to it.
public final class HttpExchange {
  private final HttpConnection connection;
  private final HttpRequest request;
  private final RequestBody body;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private boolean started;
  private boolean keepAlive;
  private boolean streamOpen;

  HttpExchange(HttpConnection connection, HttpRequest request, RequestBody body) {
    this.connection = connection;
    this.request = request;
    this.body = body;
    this.keepAlive =
        request.minorVersion() == 1
            ? !request.headerHas("connection", "close")
            : request.headerHas("connection", "keep-alive");
  }

  public HttpRequest request() {
    return request;
  }

  /// Ends at the end of the request; unread rest is discarded.
  public InputStream body() {
    return body;
  }

  /// Whether the response's head went out, so that no other status can be sent.
  public boolean started() {
    return started;
  }

  /// Sets a header of the response.
  public void header(String name, String value) {
    headers.put(name, value);
  }

  /// Sends a response without a body.
  public void send(int status) throws IOException {
    if (status != 204 && status != 304) {
      header("Content-Length", "0");
    }
    connection.output().write(head(status));
  }

  /// Sends a whole response.
  public void send(int status, String contentType, byte[] content) throws IOException {
    header("Content-Type", contentType);
    header("Content-Length", Integer.toString(content.length));
    byte[] head = head(status);
    if (request.method().equals("HEAD")) {
      connection.output().write(head);
      return;
    }
    byte[] all = new byte[head.length + content.length]; // one write, one packet
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    connection.output().write(all);
  }

  /// Sends the head at once and hands over the body, of which each write goes out at once. Closing
  /// it ends the response; a stream that was not closed tells the client that something broke.
  public OutputStream stream(int status, String contentType) throws IOException {
    header("Content-Type", contentType);
    if (request.minorVersion() == 0) {
      keepAlive = false;
      connection.output().write(head(status));
      return connection.output();
    }
    header("Transfer-Encoding", "chunked");
    connection.output().write(head(status));
    if (request.method().equals("HEAD")) {
      return OutputStream.nullOutputStream();
    }
    streamOpen = true;
    return new ChunkedOutput(connection.output()) {
      @Override
      public void close() throws IOException {
        super.close();
        streamOpen = false;
      }
    };
  }

  /// Turns the connection into a raw one: `101 UPGRADED` when the client asked for an upgrade, else
  /// the old way, `200 OK` and the bytes after it.
  public RawStream hijack(String contentType) throws IOException {
    boolean upgrade = request.headerHas("connection", "upgrade");
    keepAlive = false;
    started = true;
    var head = new StringBuilder();
    if (upgrade) {
      head.append("HTTP/1.1 101 UPGRADED\r\n");
    } else {
      head.append("HTTP/1.1 200 OK\r\n");
    }
    head.append("Content-Type: ").append(contentType).append("\r\n");
    if (upgrade) {
      head.append("Connection: Upgrade\r\nUpgrade: ")
          .append(request.header("upgrade").orElse("tcp").replaceAll("[\r\n]", ""))
          .append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    connection.output().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    return connection.raw();
  }

  /// Runs the action, on another thread, when the client closes the connection while the response
  /// is under way. To be called once the body has been read.
  public void whenClientLeaves(Runnable action) throws IOException {
    if (!body.ended() && body.read() >= 0) {
      throw new HttpException(400, "unexpected request body");
    }
    connection.input().watch(action);
  }

  boolean keepAlive() {
    return keepAlive && !streamOpen;
  }

  boolean bodyHeldBack() {
    return body.unasked();
  }

  private byte[] head(int status) {
    if (started) {
      throw new IllegalStateException("response already started");
    }
    started = true;
    if (!keepAlive || body.unasked()) {
      keepAlive = false;
      header("Connection", "close");
    }
    var head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(HttpStatus.reason(status));
    head.append("\r\n");
    headers.forEach(
        (name, value) ->
            head.append(name).append(": ").append(withoutLineEnds(value)).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String withoutLineEnds(String value) {
    return value.indexOf('\r') < 0 && value.indexOf('\n') < 0
        ? value
        : value.replace('\r', ' ').replace('\n', ' ');
  }
}
