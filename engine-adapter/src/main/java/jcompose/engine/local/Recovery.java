package jcompose.engine.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.RestartPolicy;
import jcompose.engine.network.Attachment;
import jcompose.engine.oci.DiffId;
import jcompose.engine.runtime.ContainerRuntime.Recovered;
import jcompose.engine.runtime.ExitStatus;
import jcompose.engine.runtime.RunningContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings records, monitors and kernel together when the engine starts: what ran on is taken over,
/// what ended meanwhile is noted with its exit code, what has no owner is removed.
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Parts parts;
  private final ContainerLifecycle lifecycle;
  private final ContainerRemoval removal;
  private final HealthChecks healthChecks;

  Recovery(
      Parts parts,
      ContainerLifecycle lifecycle,
      ContainerRemoval removal,
      HealthChecks healthChecks) {
    this.parts = parts;
    this.lifecycle = lifecycle;
    this.removal = removal;
    this.healthChecks = healthChecks;
  }

  void run() {
    RecordFiles.Found found = parts.files().readAll();
    Set<String> ids = new HashSet<>(found.unreadable());
    for (ContainerRecord record : found.records()) {
      var container = new Container(parts.files(), record);
      parts.index().add(container);
      parts.index().take(record.name(), record.id());
      ids.add(record.id().value());
      quietly(
          () ->
              parts
                  .snapshots()
                  .ensureLayers(
                      record.id().value(), record.layers().stream().map(DiffId::parse).toList()));
    }
    Map<Container, Recovered> answers = askMonitors();
    takeBackNetworks(answers);
    answers.forEach(this::settle);
    for (ContainerId id : parts.runtime().known()) {
      if (!ids.contains(id.value())) {
        LOG.info("removing what is left of {}, which has no record", id);
        quietly(() -> parts.runtime().remove(id));
      }
    }
    for (String key : parts.snapshots().keys()) {
      if (key.matches("[0-9a-f]{64}") && !ids.contains(key)) {
        quietly(() -> parts.snapshots().remove(key));
      }
    }
    if (found.unreadable().isEmpty()) { // else one of those may have it
      quietly(() -> parts.volumes().removeUnowned(parts.index()::usesVolume));
    }
    startWhatShouldRun();
  }

  private Map<Container, Recovered> askMonitors() {
    Map<Container, Recovered> found = new java.util.concurrent.ConcurrentHashMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Container container : parts.index().all()) {
        threads.execute(() -> found.put(container, ask(container)));
      }
    }
    return found;
  }

  private Recovered ask(Container container) {
    try {
      return parts.runtime().recover(container.id());
    } catch (RuntimeException e) {
      LOG.error("asking the monitor of {} failed", container.id(), e);
      return new Recovered.Gone();
    }
  }

  private void takeBackNetworks(Map<Container, Recovered> found) {
    Map<Attachment, Path> running = new HashMap<>();
    found.forEach(
        (container, what) -> {
          Attachment attachment = container.record().attachment();
          if (attachment != null && what instanceof Recovered.Running(RunningContainer process)) {
            running.put(attachment, Path.of("/proc/" + process.pid() + "/ns/net"));
          }
        });
    parts.networks().recover(running);
  }

  private void settle(Container container, Recovered what) {
    try (var _ = container.lock()) {
      switch (what) {
        case Recovered.Running(RunningContainer process) -> takeOver(container, process);
        case Recovered.Ended(ExitStatus status) -> {
          if (container.state().alive() || container.record().attachment() != null) {
            lifecycle.ended(container, null, status);
          } else {
            lifecycle.giveBack(container);
          }
        }
        case Recovered.Gone() -> {
          if (container.state().alive()) {
            // The machine was restarted under it, or its monitor was killed.
            lifecycle.lost(
                container,
                null,
                "the container's monitor was gone when the engine started: it was killed, or the"
                    + " machine restarted");
          } else {
            lifecycle.giveBack(container);
          }
        }
      }
    } catch (RuntimeException e) {
      LOG.error("recovering {} failed", container.id(), e);
    }
  }

  private void takeOver(Container container, RunningContainer process) {
    container.setProcess(process);
    ContainerRecord record = container.record();
    record.mounts().stream()
        .filter(it -> it.type().equals("volume"))
        .forEach(it -> quietly(() -> parts.volumes().acquire(it.name())));
    RunState state = record.state();
    if (!state.alive() || state.pid() != process.pid()) { // killed between start and its record
      container.note(state.started(process.pid(), process.startedAt(), state.health()));
    } else if (process.paused() != (state.status() == ContainerState.PAUSED)) {
      container.note(state.with(process.paused() ? ContainerState.PAUSED : ContainerState.RUNNING));
    }
    healthChecks.begin(container);
    lifecycle.watch(container, process);
  }

  private void startWhatShouldRun() {
    for (Container container : parts.index().all()) {
      try (var _ = container.lock()) {
        RunState state = container.state();
        boolean waiting = state.status() == ContainerState.RESTARTING;
        RestartPolicy.Mode mode = container.record().spec().restart().mode();
        boolean wanted =
            state.status() == ContainerState.EXITED
                && (mode == RestartPolicy.Mode.ALWAYS
                    || (mode == RestartPolicy.Mode.UNLESS_STOPPED && !state.stoppedByHand()));
        if ((waiting || wanted) && container.restartTimer == null) {
          lifecycle.scheduleRestart(container, Duration.ZERO);
        } else if (container.record().spec().removeWhenExited()
            && state.status() == ContainerState.EXITED) {
          Thread.startVirtualThread(() -> quietly(() -> removal.remove(container, true, true)));
        }
      }
    }
  }

  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warn("a step of the recovery failed", e);
    }
  }
}
