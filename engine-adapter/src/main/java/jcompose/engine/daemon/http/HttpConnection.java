package jcompose.engine.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client: reads request after request and has each answered, until either side closes.
final class HttpConnection implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
  private static final long NO_DEADLINE = Long.MAX_VALUE;

  private final SocketChannel channel;
  private final HttpHandler handler;
  private final HttpLimits limits;
  private final ConnectionInput input;
  private final ConnectionOutput output;
  private volatile long headDeadline = NO_DEADLINE;
  private volatile boolean idle = true;

  HttpConnection(SocketChannel channel, HttpHandler handler, HttpLimits limits) {
    this.channel = channel;
    this.handler = handler;
    this.limits = limits;
    this.input = new ConnectionInput(channel);
    this.output = new ConnectionOutput(channel);
  }

  ConnectionInput input() {
    return input;
  }

  ConnectionOutput output() {
    return output;
  }

  /// Whether a head was begun and not ended in time.
  boolean isLate(long now) {
    long deadline = headDeadline;
    return deadline != NO_DEADLINE && now - deadline > 0;
  }

  /// Whether no request is under way.
  boolean isIdle() {
    return idle;
  }

  @Override
  public void run() {
    try (this) {
      while (serveOne()) {
        idle = true;
      }
    } catch (ClosedChannelException e) {
      LOG.trace("connection closed by the server", e);
    } catch (IOException e) {
      LOG.debug("client went away: {}", e.toString());
    } catch (RuntimeException | Error e) {
      LOG.error("connection failed", e);
    }
  }

  /// @return whether another request may follow
  private boolean serveOne() throws IOException {
    if (!input.fill()) {
      return false;
    }
    idle = false;
    HttpExchange exchange;
    RequestBody body;
    try {
      headDeadline = System.nanoTime() + limits.headTime().toNanos();
      Optional<HttpRequest> request = new RequestHeadReader(limits).read(input);
      headDeadline = NO_DEADLINE;
      if (request.isEmpty()) {
        return false;
      }
      body = RequestBody.of(request.get(), input, output);
      exchange = new HttpExchange(this, request.get(), body);
    } catch (HttpException e) {
      refuse(e);
      return false;
    } finally {
      headDeadline = NO_DEADLINE;
    }
    try {
      handler.handle(exchange);
    } catch (HttpException e) {
      if (exchange.started()) {
        return false;
      }
      exchange.send(e.status(), "text/plain; charset=utf-8", bytes(String.valueOf(e.getMessage())));
    }
    return exchange.keepAlive() && drained(body);
  }

  private boolean drained(RequestBody body) throws IOException {
    if (body.unasked()) {
      return false;
    }
    try {
      byte[] waste = new byte[4096];
      for (int left = limits.drainBytes(); left > 0; ) {
        int count = body.ended() ? -1 : body.read(waste);
        if (count < 0) {
          return true;
        }
        left -= count;
      }
      return false;
    } catch (HttpException e) {
      return false; // the rest of the body is malformed: where the next request starts is unknown
    }
  }

  /// Answers a request whose head makes no sense.
  private void refuse(HttpException e) throws IOException {
    String text = e.status() + " " + HttpStatus.reason(e.status()) + ": " + e.getMessage();
    byte[] body = bytes(text);
    output.write(
        bytes(
            "HTTP/1.1 %d %s\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                .formatted(e.status(), HttpStatus.reason(e.status()), body.length)));
    output.write(body);
    channel.shutdownOutput();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  RawStream raw() {
    return new RawStream() {
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
        channel.shutdownOutput();
      }

      @Override
      public void abort() {
        HttpConnection.this.close();
      }
    };
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a connection failed", e);
    }
  }
}
