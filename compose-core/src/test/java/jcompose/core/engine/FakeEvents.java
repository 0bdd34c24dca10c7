package jcompose.core.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Hands events to subscribers, each on a thread of its own so that a listener may call the engine.
final class FakeEvents implements Events {
  private record Subscriber(
      List<String> labels, Consumer<EngineEvent> listener, ExecutorService thread) {}

  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

  @Override
  public Subscription subscribe(List<String> labels, Consumer<EngineEvent> listener) {
    var subscriber =
        new Subscriber(
            List.copyOf(labels),
            listener,
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()));
    subscribers.add(subscriber);
    return () -> end(subscriber);
  }

  @Override
  public void read(
      List<String> labels,
      Optional<Instant> since,
      Optional<Instant> until,
      Consumer<EngineEvent> listener) {
    throw new EngineException.Unsupported("this engine remembers no events");
  }

  void emit(EngineEvent event) {
    for (Subscriber each : subscribers) {
      if (FakeEngine.matches(event.attributes(), each.labels())) {
        try {
          each.thread().execute(() -> each.listener().accept(event));
        } catch (RejectedExecutionException e) {
          // it was closed a moment ago
        }
      }
    }
  }

  void close() {
    subscribers.forEach(this::end);
  }

  private void end(Subscriber subscriber) {
    subscribers.remove(subscriber);
    subscriber.thread().shutdownNow();
  }
}
