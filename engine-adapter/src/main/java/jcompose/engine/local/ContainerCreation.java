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
import jcompose.engine.oci.Platform;
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
    checkPlatform(spec, image);
    MergedConfig merged = MergedConfig.of(spec, image.config().config());
    checkModes(spec);
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

  private static void checkPlatform(ContainerSpec spec, StoredImage image) {
    if (spec.platform().filter(it -> !it.isEmpty()).isEmpty()) {
      return;
    }
    Platform wanted;
    try {
      wanted = Platform.parse(spec.platform().get());
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
    Platform has = image.config().platform();
    if (!wanted.os().equals(has.os()) || !wanted.architecture().equals(has.architecture())) {
      throw new EngineException.NotFound(
          "image with reference %s was found but does not match the specified platform: wanted %s, actual: %s"
              .formatted(spec.image(), wanted, has));
    }
  }

  private static void checkModes(ContainerSpec spec) {
    var isolation = spec.isolation();
    String userns = isolation.usernsMode().orElse("");
    if (!userns.isEmpty() && !userns.equals("host")) {
      throw new EngineException.Invalid("invalid user namespace mode: " + userns);
    }
    if (!isolation.deviceRequests().isEmpty()) {
      throw new EngineException.Failed(
          "could not select device driver \"%s\" with capabilities: %s"
              .formatted(
                  isolation.deviceRequests().getFirst().driver(),
                  isolation.deviceRequests().getFirst().capabilities()));
    }
    boolean sharesNetwork =
        isolation
            .networkMode()
            .filter(it -> it.equals("host") || it.startsWith("container:"))
            .isPresent();
    if (sharesNetwork && isolation.networkMode().get().startsWith("container:")) {
      if (isolation.hostname().filter(it -> !it.isEmpty()).isPresent()) {
        throw new EngineException.Invalid("conflicting options: hostname and the network mode");
      }
      if (!spec.ports().isEmpty()) {
        throw new EngineException.Invalid(
            "conflicting options: port publishing and the container type network mode");
      }
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
