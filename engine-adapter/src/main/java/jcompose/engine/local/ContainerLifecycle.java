package jcompose.engine.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;
import jcompose.core.resource.RestartPolicy;
import jcompose.engine.runtime.ContainerStartException;
import jcompose.engine.runtime.ExitStatus;
import jcompose.engine.runtime.RunningContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves containers from state to state: start, end, restart, stop, removal.
final class ContainerLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerLifecycle.class);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
  private static final int SIGKILL = 9;

  private final Parts parts;
  private final ContainerStart starting;
  private final HealthChecks healthChecks;
  private volatile boolean closed;

  ContainerLifecycle(Parts parts, ContainerStart starting, HealthChecks healthChecks) {
    this.parts = parts;
    this.starting = starting;
    this.healthChecks = healthChecks;
  }

  /// From now on nothing is started by a restart policy; containers go on.
  void close() {
    closed = true;
    for (Container container : parts.index().all()) {
      try (var _ = container.lock()) {
        cancelRestart(container);
        healthChecks.end(container);
      }
    }
  }

  /// Starts it for a user.
  ///
  /// @return false when it runs already
  boolean start(Container container) {
    try (var _ = container.lock()) {
      RunState state = container.state();
      if (container.removing()) {
        throw new EngineException.Conflict("container is marked for removal and cannot be started");
      }
      if (state.status() == ContainerState.PAUSED) {
        throw new EngineException.Conflict("cannot start a paused container, try unpause instead");
      }
      if (state.alive()) {
        return false;
      }
      cancelRestart(container);
      container.backoff.reset();
      container.prepare(
          container.record().withState(state.withRestarts(0).withStoppedByHand(false)));
      startNow(container);
      return true;
    }
  }

  private void startNow(Container container) {
    ContainerStart.Started started;
    try {
      started = starting.start(container);
    } catch (ContainerStartException e) {
      int code = e.exitCode().value();
      throw startFailed(
          container, code, new EngineException.Failed(String.valueOf(e.getMessage()), e));
    } catch (EngineException e) {
      throw startFailed(container, 128, e);
    } catch (RuntimeException e) {
      LOG.error("starting {} failed", container.id(), e);
      throw startFailed(container, 128, new EngineException.Failed(String.valueOf(e), e));
    }
    HealthState health =
        container.record().merged().healthCheck().isPresent()
            ? HealthState.STARTING
            : HealthState.NONE;
    RunningContainer process = started.process();
    container.setProcess(process);
    container.healthLog = HealthLog.EMPTY;
    ContainerRecord record = container.record();
    container.note(
        record
            .withAttachment(started.attachment())
            .withState(record.state().started(process.pid(), process.startedAt(), health)));
    parts.events().publish(container.record(), "start");
    healthChecks.begin(container);
    watch(container, process);
  }

  private EngineException startFailed(Container container, int code, EngineException why) {
    container.dismissWaitingClients(why);
    container.note(container.state().failed(String.valueOf(why.getMessage()), code));
    parts.events().publish(container.record(), "die", Map.of("exitCode", Integer.toString(code)));
    container.tellExit(code);
    if (container.record().spec().removeWhenExited()) {
      Thread.startVirtualThread(() -> removeAfterExit(container));
    }
    return why;
  }

  /// Takes note of a process's end once it comes.
  void watch(Container container, RunningContainer process) {
    var _ =
        process
            .exit()
            .whenComplete(
                (status, lost) ->
                    Thread.ofVirtual()
                        .name("exit " + container.id().shortId())
                        .start(
                            () -> {
                              try {
                                if (lost == null) {
                                  ended(container, process, status);
                                } else {
                                  lost(container, process, String.valueOf(lost.getMessage()));
                                }
                              } catch (RuntimeException e) {
                                LOG.error("noting the end of {} failed", container.id(), e);
                              }
                            }));
  }

  /// A container's monitor is gone without a word of how its process ended.
  void lost(Container container, @Nullable RunningContainer process, String why) {
    try (var _ = container.lock()) {
      if (closed || !container.runs(process)) {
        return;
      }
      container.note(container.state().because(why));
    }
    ended(container, process, new ExitStatus(new ExitCode(255), false, Instant.now()));
  }

  /// A container's process has ended. Everything a run took is given back before anyone is told.
  void ended(Container container, @Nullable RunningContainer process, ExitStatus status) {
    boolean autoRemove;
    try (var _ = container.lock()) {
      if (closed || !container.runs(process)) {
        return; // the next engine's to note, or told twice
      }
      healthChecks.end(container);
      RunState state = container.state();
      int code = status.code().value();
      Instant at = status.finishedAt();
      Duration ran = Duration.between(state.startedAt(), at);
      Duration wait =
          container.removing()
              ? null
              : container.backoff.afterExit(
                  container.record().spec().restart(), code, ran, state.stoppedByHand());
      ContainerState next = wait == null ? ContainerState.EXITED : ContainerState.RESTARTING;
      container.setProcess(null);
      // The record first: from here on the exit code is not lost, whenever we are killed.
      ContainerRecord record = container.record();
      container.note(
          record.withAttachment(null).withState(state.ended(next, code, status.oomKilled(), at)));
      giveBack(container);
      if (status.oomKilled()) {
        parts.events().publish(record, "oom");
      }
      parts
          .events()
          .publish(
              record,
              "die",
              Map.of(
                  "exitCode",
                  Integer.toString(code),
                  "execDuration",
                  Long.toString(Math.max(0, ran.toSeconds()))));
      container.tellExit(code);
      if (wait != null) {
        scheduleRestart(container, wait);
      }
      autoRemove = wait == null && record.spec().removeWhenExited();
    }
    if (autoRemove) {
      removeAfterExit(container);
    }
  }

  /// Returns networks, volumes and the runtime's files of a run that is over.
  void giveBack(Container container) {
    ContainerRecord record = container.record();
    attempt(container, () -> parts.networks().release(container.id()));
    record.mounts().stream()
        .filter(it -> it.type().equals("volume"))
        .forEach(it -> attempt(container, () -> parts.volumes().release(it.name())));
    attempt(container, () -> parts.runtime().remove(container.id()));
    if (record.attachment() != null) {
      container.note(container.record().withAttachment(null));
    }
  }

  private static void attempt(Container container, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("cleaning up after a run of {}", container.id(), e);
    }
  }

  /// Starts it again after a while, unless someone does something else with it first.
  void scheduleRestart(Container container, Duration wait) {
    container.restartTimer =
        Thread.ofVirtual()
            .name("restart " + container.id().shortId())
            .start(
                () -> {
                  try {
                    Thread.sleep(wait);
                  } catch (InterruptedException e) {
                    return; // cancelled
                  }
                  restartNow(container);
                });
  }

  private void restartNow(Container container) {
    try (var _ = container.lock()) {
      if (container.restartTimer != Thread.currentThread() || closed || container.removing()) {
        return;
      }
      container.restartTimer = null;
      container.note(container.state().withRestarts(container.state().restarts() + 1));
      startNow(container);
    } catch (EngineException e) {
      LOG.warn("restarting {} failed: {}", container.id(), e.getMessage());
      retryLater(container);
    }
  }

  /// A start that fails counts as a run that failed.
  private void retryLater(Container container) {
    try (var _ = container.lock()) {
      RestartPolicy policy = container.record().spec().restart();
      Duration wait = container.backoff.afterExit(policy, 1, Duration.ZERO, false);
      if (wait != null && !closed) {
        container.note(container.state().with(ContainerState.RESTARTING));
        scheduleRestart(container, wait);
      }
    }
  }

  /// With the lock held.
  private static boolean cancelRestart(Container container) {
    Thread timer = container.restartTimer;
    container.restartTimer = null;
    if (timer == null) {
      return false;
    }
    if (timer != Thread.currentThread()) {
      timer.interrupt();
    }
    return true;
  }

  /// Stops it for a user.
  ///
  /// @param signal absent for the container's own
  /// @param grace absent for the container's own; negative waits without end
  /// @return false when it does not run
  boolean stop(Container container, Optional<String> signal, Optional<Duration> grace) {
    RunningContainer process;
    java.util.concurrent.CompletableFuture<Integer> exit;
    try (var _ = container.lock()) {
      if (cancelRestart(container)) {
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
      await(exit, Duration.ofSeconds(-1));
    }
    parts.events().publish(record, "stop");
    return true;
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
  private static boolean await(
      java.util.concurrent.CompletableFuture<Integer> exit, Duration limit) {
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

  /// Sends a signal for a user.
  void kill(Container container, String reference, String word) {
    int signal = Signals.number(word);
    RunningContainer process;
    try (var _ = container.lock()) {
      process = container.process();
      if (process == null) {
        if (container.state().status() == ContainerState.RESTARTING && cancelRestart(container)) {
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

  void restart(Container container, Optional<String> signal, Optional<Duration> grace) {
    stop(container, signal, grace);
    start(container);
    parts.events().publish(container.record(), "restart");
  }

  private void removeAfterExit(Container container) {
    try {
      remove(container, true, true);
    } catch (EngineException.Conflict | EngineException.NotFound e) {
      LOG.debug("{} is removed by someone else", container.id());
    } catch (RuntimeException e) {
      LOG.error("removing {} after its end failed", container.id(), e);
    }
  }

  /// Removes it for a user.
  void remove(Container container, boolean force, boolean anonymousVolumes) {
    RunningContainer process;
    try (var _ = container.lock()) {
      if (container.removing()) {
        throw new EngineException.Conflict(
            "removal of container " + container.id() + " is already in progress");
      }
      if (container.state().running() && !force) {
        throw new EngineException.Conflict(refusal(container));
      }
      container.setRemoving(true);
      cancelRestart(container);
      process = container.process();
    }
    try {
      if (process != null) {
        var exit = container.nextExit();
        if (container.process() != null) {
          send(container, process, SIGKILL);
          unfreeze(container, process);
          await(exit, Duration.ofSeconds(-1));
        }
      }
      removeStopped(container, anonymousVolumes);
    } catch (RuntimeException e) {
      container.setRemoving(false);
      throw e;
    }
  }

  private static String refusal(Container container) {
    String name = container.record().name().value();
    return switch (container.state().status()) {
      case PAUSED ->
          "cannot remove container \"/%s\": container is paused and must be unpaused first"
              .formatted(name);
      case RESTARTING ->
          "cannot remove container \"/%s\": container is restarting: stop the container before removing or force remove"
              .formatted(name);
      default ->
          "cannot remove container \"/%s\": container is running: stop the container before removing or force remove"
              .formatted(name);
    };
  }

  private void removeStopped(Container container, boolean anonymousVolumes) {
    try (var _ = container.lock()) {
      ContainerRecord record = container.record();
      if (anonymousVolumes) {
        record.mounts().stream()
            .filter(ResolvedMount::anonymous)
            .forEach(it -> attempt(container, () -> parts.volumes().disown(it.name())));
      }
      parts.files().remove(record.id());
      parts.index().remove(container);
      attempt(container, () -> parts.runtime().remove(record.id()));
      attempt(container, () -> parts.snapshots().remove(record.id().value()));
      if (anonymousVolumes) {
        record.mounts().stream()
            .filter(it -> it.anonymous() && !parts.index().usesVolume(it.name()))
            .forEach(it -> attempt(container, () -> removeVolume(it.name())));
      }
      parts.events().publish(record, "destroy");
      container.dismissWaitingClients(
          new EngineException.NotFound("No such container: " + record.id()));
      int code = record.state().exitCode();
      container.tellExit(code);
      Thread.startVirtualThread(() -> container.removed.complete(code));
    }
  }

  private void removeVolume(String name) {
    parts.volumes().remove(name);
    parts.bus().publish("volume", "destroy", name, Map.of("driver", "local"));
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
