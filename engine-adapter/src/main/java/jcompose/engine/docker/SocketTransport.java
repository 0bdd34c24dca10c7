package jcompose.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jcompose.core.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 over the JDK's own sockets: what docker-java needs and no more (RFC 9112). Answers of
/// 400 and above become an [EngineException] here, once for all callers. May be used from many
/// threads; each request has a connection of its own until its body is read.
final class SocketTransport implements DockerHttpClient {
  private static final int COPY_BYTES = 32 * 1024;

  private final ConnectionPool pool;
  private final DockerAddress address;
  private final ApiVersion version;

  SocketTransport(DockerAddress address, ApiVersion version) {
    this.address = address;
    this.version = version;
    this.pool = new ConnectionPool(new Connector(address));
  }

  @Override
  public HttpResponse execute(Request request) {
    boolean streams = request.body() != null || request.hijackedInput() != null;
    if (streams && !version.agreed()) {
      // a stream cannot be sent twice, so what the daemon speaks is found out before
      execute(Request.builder().method(Request.Method.GET).path("/_ping").build()).close();
    }
    while (true) {
      HttpResponse response = send(request);
      if (response.status() < 400) {
        version.heard(response.getHeader("api-version"));
        return response;
      }
      String message = EngineErrors.message(response);
      if (streams || !version.adapts(response.status(), message)) {
        throw EngineErrors.of(response.status(), request.path(), message);
      }
    }
  }

  private HttpResponse send(Request request) {
    boolean repeatable = request.method().equals("GET") || request.method().equals("HEAD");
    Connection connection = pool.take();
    boolean reused = connection.idleSinceNanos != 0;
    try {
      return exchange(connection, request);
    } catch (EngineException e) {
      connection.close();
      throw e;
    } catch (IOException e) {
      connection.close();
      if (reused && repeatable && !(e instanceof ClosedByInterruptException)) {
        // the daemon closed an idle connection; with a new one the request has its first chance
        connection = pool.fresh();
        try {
          return exchange(connection, request);
        } catch (IOException again) {
          connection.close();
          throw lost(request, again);
        }
      }
      throw lost(request, e);
    }
  }

  private HttpResponse exchange(Connection connection, Request request) throws IOException {
    writeHead(connection.output, request);
    byte[] bytes = request.bodyBytes();
    InputStream stream = request.body();
    IOException unsent = null;
    try {
      if (bytes != null) {
        connection.output.write(bytes);
      } else if (stream != null) {
        writeChunks(connection.output, stream);
      }
      connection.output.flush();
    } catch (IOException e) {
      if (stream == null || e instanceof ClosedByInterruptException) {
        throw e;
      }
      unsent = e; // a daemon that refuses a stream answers before it has read all of it
    }
    try {
      HttpResponse response = readHead(connection, request);
      if (response.status() == 101 && request.hijackedInput() != null) {
        pump(request.hijackedInput(), connection);
      }
      return response;
    } catch (IOException e) {
      if (unsent != null) {
        e.addSuppressed(unsent);
      }
      throw e;
    }
  }

  private void writeHead(OutputStream output, Request request) throws IOException {
    var head = new StringBuilder(256);
    head.append(request.method()).append(' ').append(version.prefix(request.path()));
    head.append(request.path()).append(" HTTP/1.1\r\nHost: docker\r\nUser-Agent: jcompose\r\n");
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      String line = header.getKey() + ": " + header.getValue();
      if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
        throw new EngineException.Invalid("a header with a line break: " + header.getKey());
      }
      head.append(line).append("\r\n");
    }
    byte[] bytes = request.bodyBytes();
    if (request.hijackedInput() != null) {
      head.append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
    }
    if (bytes != null) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    } else if (request.body() != null) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      head.append("Content-Length: 0\r\n");
    }
    output.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void writeChunks(OutputStream output, InputStream from) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      if (count > 0) {
        output.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        output.write(buffer, 0, count);
        output.write('\r');
        output.write('\n');
      }
    }
    output.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private HttpResponse readHead(Connection connection, Request request) throws IOException {
    while (true) {
      String line = HttpBody.readLine(connection.input);
      int status = status(line);
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (line = HttpBody.readLine(connection.input);
          !line.isEmpty();
          line = HttpBody.readLine(connection.input)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          headers
              .computeIfAbsent(
                  line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                  _ -> new ArrayList<>(1))
              .add(line.substring(colon + 1).strip());
        }
      }
      if (status >= 200 || status == 101) {
        return new HttpResponse(status, headers, body(connection, request, status, headers));
      }
    }
  }

  private int status(String line) throws IOException {
    if (line.startsWith("HTTP/1.") && line.length() >= 12) {
      try {
        return Integer.parseInt(line.substring(9, 12));
      } catch (NumberFormatException e) {
        // said below
      }
    }
    throw new IOException(
        "what listens at " + address.text() + " does not speak HTTP; it said: " + line);
  }

  private HttpBody body(
      Connection connection, Request request, int status, Map<String, List<String>> headers)
      throws IOException {
    boolean close = last(headers, "connection", "").equalsIgnoreCase("close");
    boolean chunked = last(headers, "transfer-encoding", "").equalsIgnoreCase("chunked");
    boolean empty = request.method().equals("HEAD") || status == 204 || status == 304;
    long length = -1;
    String counted = last(headers, "content-length", "");
    if (empty) {
      length = 0;
    } else if (status != 101 && !chunked && !counted.isEmpty()) {
      try {
        length = Long.parseLong(counted);
      } catch (NumberFormatException e) {
        throw new IOException("the daemon sent a wrong Content-Length: " + counted, e);
      }
    }
    return new HttpBody(
        connection, pool, chunked && !empty && status != 101, length, !close && status != 101);
  }

  private static String last(Map<String, List<String>> headers, String name, String otherwise) {
    List<String> values = headers.get(name);
    return values == null ? otherwise : values.getLast();
  }

  /// Sends the caller's input over a hijacked connection until it ends.
  private static void pump(InputStream from, Connection to) {
    Thread.ofVirtual()
        .name("docker-hijack-input")
        .start(
            () -> {
              byte[] buffer = new byte[COPY_BYTES];
              try {
                for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                  to.output.write(buffer, 0, count);
                  to.output.flush();
                }
                to.endOutput();
              } catch (IOException e) {
                // the other side is gone; the reader of the response sees it too
              }
            });
  }

  private EngineException lost(Request request, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      Thread.currentThread().interrupt();
      return new EngineException.Unavailable(
          "interrupted during " + request.method() + " " + request.path(), e);
    }
    @Nullable String reason = e instanceof EOFException ? null : e.getMessage();
    return new EngineException.Unavailable(
        "the Docker daemon at "
            + address.text()
            + " did not answer "
            + request.method()
            + " "
            + request.path()
            + (reason == null ? ": it closed the connection" : ": " + reason),
        e);
  }

  @Override
  public void close() {
    pool.close();
  }
}
