package jcompose.engine.local;

import java.util.Map;
import jcompose.core.engine.EngineException;
import jcompose.engine.runtime.RunningContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes containers away, with what was theirs.
final class ContainerRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerRemoval.class);

  private final Parts parts;
  private final ContainerStops stops;

  ContainerRemoval(Parts parts, ContainerStops stops) {
    this.parts = parts;
    this.stops = stops;
  }

  /// As one created with `--rm` asks for; tells nobody of a failure.
  void afterExit(Container container) {
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
      container.cancelRestart();
      process = container.process();
    }
    try {
      if (process != null) {
        stops.end(container, process);
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
            .forEach(it -> container.cleanUp(() -> parts.volumes().disown(it.name())));
      }
      parts.files().remove(record.id());
      parts.index().remove(container);
      container.cleanUp(() -> parts.runtime().remove(record.id()));
      container.cleanUp(() -> parts.snapshots().remove(record.id().value()));
      if (anonymousVolumes) {
        record.mounts().stream()
            .filter(it -> it.anonymous() && !parts.index().usesVolume(it.name()))
            .forEach(it -> container.cleanUp(() -> removeVolume(it.name())));
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
}
