package jcompose.engine.local;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import jcompose.core.engine.EngineEvent;
import jcompose.core.engine.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events for the port: each subscription has a thread of its own.
final class LocalEvents implements Events {
  private static final Logger LOG = LoggerFactory.getLogger(LocalEvents.class);

  private final EventBus bus;

  LocalEvents(EventBus bus) {
    this.bus = bus;
  }

  @Override
  public Subscription subscribe(List<String> labels, Consumer<EngineEvent> consumer) {
    Predicate<EngineEvent> filter = event -> carries(event.attributes(), labels);
    EventBus.Listener listener = bus.listen(filter, Optional.empty());
    Thread.ofVirtual().name("events").start(() -> forward(listener, consumer));
    return listener::close;
  }

  @Override
  public void read(
      List<String> labels,
      Optional<Instant> since,
      Optional<Instant> until,
      Consumer<EngineEvent> consumer) {
    Predicate<EngineEvent> filter =
        event ->
            carries(event.attributes(), labels)
                && until.filter(it -> event.time().isAfter(it)).isEmpty();
    try (EventBus.Listener listener = bus.listen(filter, since)) {
      until.ifPresent(it -> closeAt(listener, it));
      forward(listener, consumer);
    }
  }

  private static void closeAt(EventBus.Listener listener, Instant end) {
    Duration rest = Duration.between(Instant.now(), end);
    if (rest.isNegative()) {
      listener.close();
      return;
    }
    CompletableFuture.delayedExecutor(rest.toMillis(), TimeUnit.MILLISECONDS)
        .execute(listener::close);
  }

  private static void forward(EventBus.Listener listener, Consumer<EngineEvent> consumer) {
    try {
      for (var event = listener.take(); event.isPresent(); event = listener.take()) {
        consumer.accept(event.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("a subscriber failed and gets no more events", e);
      listener.close();
    }
  }

  /// Whether each wanted `name` or `name=value` is there.
  static boolean carries(Map<String, String> labels, List<String> wanted) {
    for (String entry : wanted) {
      int equals = entry.indexOf('=');
      String value = labels.get(equals < 0 ? entry : entry.substring(0, equals));
      if (value == null || (equals >= 0 && !value.equals(entry.substring(equals + 1)))) {
        return false;
      }
    }
    return true;
  }
}
