package jcompose.engine.local;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerState;
import jcompose.engine.runtime.RunningContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What users do to the processes of containers: stop, kill, pause.
final class ContainerStops {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerStops.class);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
  private static final Duration WITHOUT_END = Duration.ofSeconds(-1);
  private static final int SIGKILL = 9;

  private final Parts parts;

  ContainerStops(Parts parts) {
    this.parts = parts;
  }

  /// Stops it for a user.
  ///
  /// @param signal absent for the container's own
  /// @param grace absent for the container's own; negative waits without end
  /// @return false when it does not run
  boolean stop(Container container, Optional<String> signal, Optional<Duration> grace) {
    RunningContainer process;
    CompletableFuture<Integer> exit;
    try (var _ = container.lock()) {
      if (container.cancelRestart()) {
        container.note(container.state().with(ContainerState.EXITED).withStoppedByHand(true));
        container.tellExit(container.state().exitCode());
        parts.events().publish(container.record(), "stop");
        return true;
      }
      process = container.process();
      if (process == null) {
        return false;
      }
      container.note(container.state().withStoppedByHand(true));
      exit = container.nextExit();
    }
    ContainerRecord record = container.record();
    String word = signal.or(() -> record.merged().stopSignal()).orElse("SIGTERM");
    Duration limit =
        grace
            .or(() -> record.spec().stopTimeoutSeconds().map(Duration::ofSeconds))
            .orElse(DEFAULT_GRACE);
    send(container, process, Signals.number(word));
    unfreeze(container, process);
    if (!await(exit, limit)) {
      send(container, process, SIGKILL);
      await(exit, WITHOUT_END);
    }
    parts.events().publish(record, "stop");
    return true;
  }

  /// Sends a signal for a user.
  void kill(Container container, String reference, String word) {
    int signal = Signals.number(word);
    RunningContainer process;
    try (var _ = container.lock()) {
      process = container.process();
      if (process == null) {
        if (container.state().status() == ContainerState.RESTARTING && container.cancelRestart()) {
          container.note(container.state().with(ContainerState.EXITED).withStoppedByHand(true));
          container.tellExit(container.state().exitCode());
          return;
        }
        throw new EngineException.Conflict(
            "cannot kill container: %s: container %s is not running"
                .formatted(reference, container.id()));
      }
      int stopSignal = Signals.number(container.record().merged().stopSignal().orElse("SIGTERM"));
      if (signal == SIGKILL || signal == stopSignal) {
        container.note(container.state().withStoppedByHand(true));
      }
    }
    var exit = container.nextExit();
    send(container, process, signal);
    if (signal == SIGKILL) {
      unfreeze(container, process);
      await(exit, DEFAULT_GRACE);
    }
  }

  /// Ends it whatever it does; returns once its end is noted.
  void end(Container container, RunningContainer process) {
    var exit = container.nextExit();
    if (container.process() != null) {
      send(container, process, SIGKILL);
      unfreeze(container, process);
      await(exit, WITHOUT_END);
    }
  }

  private void send(Container container, RunningContainer process, int signal) {
    try {
      process.kill(signal);
      parts
          .events()
          .publish(container.record(), "kill", Map.of("signal", Integer.toString(signal)));
    } catch (EngineException.Conflict ended) {
      LOG.debug("{} ended before it was sent signal {}", container.id(), signal);
    }
  }

  /// A frozen process takes no signal.
  private static void unfreeze(Container container, RunningContainer process) {
    if (container.state().status() == ContainerState.PAUSED) {
      try (var _ = container.lock()) {
        if (process.paused()) {
          process.unpause();
          container.note(container.state().with(ContainerState.RUNNING));
        }
      } catch (EngineException.Conflict ended) {
        LOG.debug("{} ended meanwhile", container.id());
      }
    }
  }

  /// @return whether it has ended in time
  private static boolean await(CompletableFuture<Integer> exit, Duration limit) {
    try {
      if (limit.isNegative()) {
        exit.get();
      } else {
        exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while waiting for a container's end", e);
    } catch (ExecutionException e) {
      throw new EngineException.Failed("waiting for a container's end failed", e);
    }
  }

  void pause(Container container) {
    try (var _ = container.lock()) {
      RunningContainer process = running(container);
      if (container.state().status() == ContainerState.PAUSED) {
        throw new EngineException.Conflict("Container " + container.id() + " is already paused");
      }
      process.pause();
      container.note(container.state().with(ContainerState.PAUSED));
      parts.events().publish(container.record(), "pause");
    }
  }

  void unpause(Container container) {
    try (var _ = container.lock()) {
      if (container.state().status() != ContainerState.PAUSED) {
        throw new EngineException.Conflict("Container " + container.id() + " is not paused");
      }
      running(container).unpause();
      container.note(container.state().with(ContainerState.RUNNING));
      parts.events().publish(container.record(), "unpause");
    }
  }

  static RunningContainer running(Container container) {
    RunningContainer process = container.process();
    if (process == null) {
      throw new EngineException.Conflict("container " + container.id() + " is not running");
    }
    return process;
  }
}
