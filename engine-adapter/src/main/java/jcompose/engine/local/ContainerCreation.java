package jcompose.engine.local;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.engine.image.StoredImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates containers: a record, a writable folder, volumes; nothing that runs.
final class ContainerCreation {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerCreation.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Parts parts;
  private final MountResolver mounts;

  ContainerCreation(Parts parts) {
    this.parts = parts;
    this.mounts = new MountResolver(parts.volumes(), parts.images());
  }

  /// @param wantedName absent for a name of the engine's choice
  Container create(Optional<ContainerName> wantedName, ContainerSpec spec, CreateOptions options) {
    StoredImage image = parts.images().get(spec.image());
    SpecChecks.platform(spec, image);
    MergedConfig merged = MergedConfig.of(spec, image.config().config());
    SpecChecks.check(spec, merged);
    checkOthers(spec);
    var id = new ContainerId(randomHex());
    ContainerName name = takeName(wantedName, id);
    List<ResolvedMount> resolved = List.of();
    try {
      resolved = mounts.resolve(spec, merged, reference -> parts.index().get(reference).record());
      parts.snapshots().prepare(id.value(), image.layers());
      var record =
          new ContainerRecord(
              id,
              name,
              Instant.now(),
              image.id(),
              spec,
              options,
              merged,
              image.layers().stream().map(Object::toString).toList(),
              resolved,
              RunState.CREATED,
              null);
      parts.files().create(record);
      resolved.stream()
          .filter(ResolvedMount::anonymous)
          .forEach(it -> parts.volumes().own(it.name()));
      var container = new Container(parts.files(), record);
      parts.index().add(container);
      parts.events().publish(record, "create");
      return container;
    } catch (RuntimeException e) {
      undo(id, name, resolved, e);
      throw e;
    }
  }

  private void undo(
      ContainerId id, ContainerName name, List<ResolvedMount> resolved, RuntimeException cause) {
    try {
      parts.files().remove(id);
      parts.snapshots().remove(id.value());
      resolved.stream()
          .filter(ResolvedMount::anonymous)
          .forEach(it -> parts.volumes().remove(it.name()));
    } catch (RuntimeException e) {
      LOG.warn("cleaning up after a container that could not be created", e);
      cause.addSuppressed(e);
    }
    parts.index().release(name, id);
  }

  private ContainerName takeName(Optional<ContainerName> wanted, ContainerId id) {
    if (wanted.isPresent()) {
      parts.index().take(wanted.get(), id);
      return wanted.get();
    }
    while (true) {
      String candidate = RandomNames.next(RANDOM);
      if (parts.index().isFree(candidate)) {
        try {
          var name = new ContainerName(candidate);
          parts.index().take(name, id);
          return name;
        } catch (EngineException.Conflict taken) {
          LOG.debug("the name {} was taken meanwhile", candidate);
        }
      }
    }
  }

  /// Namespaces to share are those of containers that exist.
  private void checkOthers(ContainerSpec spec) {
    for (Optional<String> mode : List.of(spec.isolation().pidMode(), spec.isolation().ipcMode())) {
      mode.filter(it -> it.startsWith("container:"))
          .map(it -> it.substring("container:".length()))
          .filter(it -> parts.index().find(it).isEmpty())
          .ifPresent(
              it -> {
                // Not NotFound: clients would take it for the image and pull.
                throw new EngineException.Invalid("No such container: " + it);
              });
    }
  }

  static String randomHex() {
    byte[] bytes = new byte[32];
    do {
      RANDOM.nextBytes(bytes);
    } while (allDigits(bytes)); // a short id of digits alone would be taken for a number
    return HexFormat.of().formatHex(bytes);
  }

  private static boolean allDigits(byte[] bytes) {
    return HexFormat.of().formatHex(bytes, 0, 6).chars().allMatch(Character::isDigit);
  }
}
