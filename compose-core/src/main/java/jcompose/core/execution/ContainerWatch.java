package jcompose.core.execution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineEvent;
import jcompose.core.engine.Events;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;

/// Waits for what containers become. Looks at a container when an event tells of it, so that a
/// change is seen within milliseconds, and now and then without one, should an event get lost.
final class ContainerWatch implements AutoCloseable {
  private static final long LOOK_AGAIN_MILLIS = 1000;

  private final Engine engine;
  private final Events.Subscription subscription;
  private final Map<String, Long> changes = new HashMap<>();

  ContainerWatch(Engine engine, String project) {
    this.engine = engine;
    this.subscription =
        engine.events().subscribe(List.of(ComposeLabels.PROJECT + "=" + project), this::changed);
  }

  private synchronized void changed(EngineEvent event) {
    changes.merge(event.actorId(), 1L, Long::sum);
    notifyAll();
  }

  /// Returns once the verdict on the container is there.
  ///
  /// @param verdict empty while it is open; may throw [WaitFailed]
  <T> T await(ContainerId id, Function<ContainerDetails, Optional<T>> verdict)
      throws InterruptedException {
    while (true) {
      long seen = changes(id);
      Optional<T> answer = verdict.apply(engine.containers().inspect(id));
      if (answer.isPresent()) {
        return answer.get();
      }
      sleep(id, seen);
    }
  }

  private synchronized long changes(ContainerId id) {
    return changes.getOrDefault(id.value(), 0L);
  }

  private synchronized void sleep(ContainerId id, long seen) throws InterruptedException {
    long end = System.nanoTime() + LOOK_AGAIN_MILLIS * 1_000_000;
    while (changes.getOrDefault(id.value(), 0L) == seen) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
