package jcompose.engine.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;
import jcompose.core.resource.RestartPolicy;
import jcompose.engine.runtime.ContainerStartException;
import jcompose.engine.runtime.ExitStatus;
import jcompose.engine.runtime.LogCompressor;
import jcompose.engine.runtime.Output;
import jcompose.engine.runtime.RunningContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The course of containers' runs: start, end, and the restarts that their policies ask for.
final class ContainerLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerLifecycle.class);

  private final Parts parts;
  private final ContainerStart starting;
  private final HealthChecks healthChecks;
  private final ContainerStops stops;
  private final ContainerRemoval removal;
  private volatile boolean closed;

  ContainerLifecycle(
      Parts parts,
      ContainerStart starting,
      HealthChecks healthChecks,
      ContainerStops stops,
      ContainerRemoval removal) {
    this.parts = parts;
    this.starting = starting;
    this.healthChecks = healthChecks;
    this.stops = stops;
    this.removal = removal;
  }

  /// From now on nothing is started by a restart policy; containers go on.
  void close() {
    closed = true;
    for (Container container : parts.index().all()) {
      try (var _ = container.lock()) {
        container.cancelRestart();
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
      container.cancelRestart();
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
      Thread.startVirtualThread(() -> removal.afterExit(container));
    }
    return why;
  }

  /// Takes note of a process's end once it comes, and sees to its log until then.
  void watch(Container container, RunningContainer process) {
    Output output =
        LogOptions.output(container.record().spec().logging(), parts.files().log(container.id()));
    if (output instanceof Output.LogFile log && log.compressed()) {
      LogCompressor.watch(log, process.exit());
    }
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
      removal.afterExit(container);
    }
  }

  /// Returns networks, volumes and the runtime's files of a run that is over.
  void giveBack(Container container) {
    ContainerRecord record = container.record();
    container.cleanUp(() -> parts.networks().release(container.id()));
    record.mounts().stream()
        .filter(it -> it.type().equals("volume"))
        .forEach(it -> container.cleanUp(() -> parts.volumes().release(it.name())));
    container.cleanUp(() -> parts.runtime().remove(container.id()));
    if (record.attachment() != null) {
      container.note(container.record().withAttachment(null));
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

  void restart(Container container, Optional<String> signal, Optional<Duration> grace) {
    stops.stop(container, signal, grace);
    start(container);
    parts.events().publish(container.record(), "restart");
  }
}
