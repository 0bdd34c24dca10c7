package jcompose.engine.local;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;

/// All containers by id and name. Has no lock of its own over both.
final class ContainerIndex {
  private final Map<String, Container> byId = new ConcurrentHashMap<>();
  private final Map<String, ContainerId> byName = new ConcurrentHashMap<>();

  /// Takes a name for a container.
  ///
  /// @throws EngineException.Conflict in Docker's words when it is taken
  void take(ContainerName name, ContainerId id) {
    ContainerId owner = byName.putIfAbsent(name.value(), id);
    if (owner != null && !owner.equals(id)) {
      throw new EngineException.Conflict(
          "Conflict. The container name \"/%s\" is already in use by container \"%s\". You have to remove (or rename) that container to be able to reuse that name."
              .formatted(name, owner));
    }
  }

  boolean isFree(String name) {
    return !byName.containsKey(name);
  }

  void release(ContainerName name, ContainerId id) {
    byName.remove(name.value(), id);
  }

  void add(Container container) {
    byId.put(container.id().value(), container);
  }

  void remove(Container container) {
    byId.remove(container.id().value());
    release(container.record().name(), container.id());
  }

  Collection<Container> all() {
    return List.copyOf(byId.values());
  }

  /// Whether a container, running or not, mounts the volume.
  boolean usesVolume(String name) {
    return byId.values().stream()
        .anyMatch(it -> it.record().mounts().stream().anyMatch(m -> m.name().equals(name)));
  }

  /// Finds by full id, by name with or without its slash, or by the beginning of an id.
  ///
  /// @throws EngineException.NotFound `No such container: x`
  /// @throws EngineException.Invalid when the beginning fits several
  Container get(String reference) {
    return find(reference)
        .orElseThrow(() -> new EngineException.NotFound("No such container: " + reference));
  }

  Optional<Container> find(String reference) {
    Container exact = byId.get(reference);
    if (exact != null) {
      return Optional.of(exact);
    }
    ContainerId named = byName.get(reference.startsWith("/") ? reference.substring(1) : reference);
    if (named != null) {
      return Optional.ofNullable(byId.get(named.value()));
    }
    if (!reference.matches("[0-9a-f]{1,64}")) {
      return Optional.empty();
    }
    Container found = null;
    for (Map.Entry<String, Container> entry : byId.entrySet()) {
      if (entry.getKey().startsWith(reference)) {
        if (found != null) {
          throw new EngineException.Invalid(
              "multiple IDs found with provided prefix: " + reference);
        }
        found = entry.getValue();
      }
    }
    return Optional.ofNullable(found);
  }
}
