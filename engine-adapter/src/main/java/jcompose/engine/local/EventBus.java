package jcompose.engine.local;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import jcompose.core.engine.EngineEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands events to whoever listens and remembers the last ones. Publishing never waits for a
/// listener: one that lags far behind is cut off.
public final class EventBus {
  private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);
  private static final int REMEMBERED = 256; // as many as dockerd keeps
  private static final int MOST_WAITING = 16_384;

  private final Deque<EngineEvent> past = new ArrayDeque<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  public void publish(String type, String action, String actorId, Map<String, String> attributes) {
    synchronized (past) { // one order for all listeners
      var event = new EngineEvent(Instant.now(), type, action, actorId, attributes);
      past.addLast(event);
      if (past.size() > REMEMBERED) {
        past.removeFirst();
      }
      listeners.forEach(it -> it.offer(event));
    }
  }

  /// Starts to listen.
  ///
  /// @param since also hands over the remembered events from then on
  public Listener listen(Predicate<EngineEvent> filter, java.util.Optional<Instant> since) {
    var listener = new Listener(filter);
    synchronized (past) {
      since.ifPresent(
          from ->
              new ArrayList<>(past)
                  .stream().filter(it -> !it.time().isBefore(from)).forEach(listener::offer));
      listeners.add(listener);
    }
    return listener;
  }

  int listenerCount() {
    return listeners.size();
  }

  /// One who listens. Take events from one thread.
  public final class Listener implements AutoCloseable {
    private static final Object END = new Object();

    private final Predicate<EngineEvent> filter;
    private final BlockingQueue<Object> waiting = new LinkedBlockingQueue<>();

    private Listener(Predicate<EngineEvent> filter) {
      this.filter = filter;
    }

    private void offer(EngineEvent event) {
      if (!filter.test(event)) {
        return;
      }
      if (waiting.size() >= MOST_WAITING) {
        LOG.warn("a listener does not take its events and is cut off");
        close();
        return;
      }
      waiting.add(event);
    }

    /// Waits for the next event.
    ///
    /// @return absent once closed
    public java.util.Optional<EngineEvent> take() throws InterruptedException {
      return waiting.take() instanceof EngineEvent event
          ? java.util.Optional.of(event)
          : java.util.Optional.empty();
    }

    /// Ends it, from any thread; what waits is still handed over.
    @Override
    public void close() {
      if (listeners.remove(this)) {
        waiting.add(END);
      }
    }
  }
}
