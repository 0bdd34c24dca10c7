package jcompose.engine.daemon.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on any number of addresses and serves each connection on a virtual thread.
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int BACKLOG = 1024;

  private final HttpHandler handler;
  private final HttpLimits limits;
  private final List<ServerSocketChannel> listeners = new CopyOnWriteArrayList<>();
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public HttpServer(HttpHandler handler, HttpLimits limits) {
    this.handler = handler;
    this.limits = limits;
    Thread.ofVirtual().name("http-late-clients").start(this::dropLateClients);
  }

  /// Starts to listen.
  ///
  /// @return the address in use, with the port the kernel chose where 0 was asked for
  public SocketAddress listen(SocketAddress address) throws IOException {
    ServerSocketChannel listener =
        switch (address) {
          case UnixDomainSocketAddress _ -> ServerSocketChannel.open(StandardProtocolFamily.UNIX);
          case InetSocketAddress _ -> ServerSocketChannel.open();
          default -> throw new IllegalArgumentException("neither Unix nor TCP: " + address);
        };
    try {
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    listeners.add(listener);
    Thread.ofVirtual().name("http-accept " + address).start(() -> accept(listener));
    return listener.getLocalAddress();
  }

  private void accept(ServerSocketChannel listener) {
    while (!closed) {
      try {
        SocketChannel channel = listener.accept();
        if (channel.getLocalAddress() instanceof InetSocketAddress) {
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        var connection = new HttpConnection(channel, handler, limits);
        connections.add(connection);
        Thread.ofVirtual()
            .name("http")
            .start(
                () -> {
                  try {
                    connection.run();
                  } finally {
                    connections.remove(connection);
                  }
                });
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("accepting a connection failed: {}", e.toString()); // out of file descriptors
        pause(100);
      }
    }
  }

  private void dropLateClients() {
    while (!closed) {
      pause(1000);
      long now = System.nanoTime();
      connections.stream().filter(it -> it.isLate(now)).forEach(HttpConnection::close);
    }
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Stops listening and closes connections without a request; those under way may end by
  /// themselves.
  public void stopAccepting() {
    closed = true;
    listeners.forEach(HttpServer::closeQuietly);
    connections.stream().filter(HttpConnection::isIdle).forEach(HttpConnection::close);
  }

  /// Number of requests under way, streams among them.
  public long busyConnections() {
    return connections.stream().filter(it -> !it.isIdle()).count();
  }

  @Override
  public void close() {
    stopAccepting();
    connections.forEach(HttpConnection::close);
  }

  private static void closeQuietly(ServerSocketChannel listener) {
    try {
      listener.close();
    } catch (IOException e) {
      LOG.debug("closing a listener failed", e);
    }
  }
}
