package jcompose.engine.docker;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/// Connections that may be used again. There is no upper bound on those in use: every thread that
/// asks gets one, as a followed log keeps its connection for hours.
final class ConnectionPool implements AutoCloseable {
  private static final int MOST_IDLE = 16;

  /// Past this a daemon or a proxy may have closed it from its side, which cannot be told from ours
  /// before a request is lost in it.
  private static final long MOST_IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Connector connector;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ConnectionPool(Connector connector) {
    this.connector = connector;
  }

  Connection fresh() {
    return connector.open();
  }

  Connection take() {
    for (Connection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
      if (System.nanoTime() - each.idleSinceNanos < MOST_IDLE_NANOS) {
        return each;
      }
      each.close();
    }
    return fresh();
  }

  void giveBack(Connection connection) {
    if (closed || idle.size() >= MOST_IDLE) {
      connection.close();
      return;
    }
    connection.idleSinceNanos = System.nanoTime();
    idle.addFirst(connection);
  }

  @Override
  public void close() {
    closed = true;
    for (Connection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
      each.close();
    }
  }
}
