package jcompose.engine.daemon.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.MountSpec;

/// `HostConfig.Binds`: `/host:/container[:ro,z,rslave]` or `volume:/container[:nocopy]`.
final class BindText {
  private static final List<String> PROPAGATIONS =
      List.of("rprivate", "private", "rshared", "shared", "rslave", "slave");

  private BindText() {}

  /// @param driver of a volume that does not exist yet
  static MountSpec parse(String text, Optional<String> driver) {
    String[] parts = text.split(":", -1);
    if (parts.length < 1 || parts.length > 3 || parts[parts.length > 1 ? 1 : 0].isEmpty()) {
      throw invalid(text);
    }
    if (parts.length == 1) {
      return anonymous(parts[0], driver);
    }
    boolean readOnly = false;
    boolean copyUp = true;
    Optional<String> propagation = Optional.empty();
    Optional<String> selinux = Optional.empty();
    for (String option : parts.length == 3 ? parts[2].split(",") : new String[0]) {
      switch (option) {
        case "ro" -> readOnly = true;
        case "rw", "", "consistent", "cached", "delegated" -> {}
        case "nocopy" -> copyUp = false;
        case "z", "Z" -> selinux = Optional.of(option);
        default -> {
          if (!PROPAGATIONS.contains(option)) {
            throw new EngineException.Invalid("invalid mode: " + parts[2]);
          }
          propagation = Optional.of(option);
        }
      }
    }
    if (!parts[1].startsWith("/")) {
      throw new EngineException.Invalid(
          "invalid volume specification: '%s': invalid mount config for type \"%s\": invalid mount path: '%s' mount path must be absolute"
              .formatted(text, parts[0].startsWith("/") ? "bind" : "volume", parts[1]));
    }
    if (parts[0].startsWith("/")) {
      return new MountSpec.Bind(
          parts[0], parts[1], readOnly, propagation, true, selinux, Optional.empty());
    }
    if (!parts[0].matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw new EngineException.Invalid(
          "create %s: \"%s\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path"
              .formatted(parts[0], parts[0]));
    }
    return new MountSpec.Volume(
        Optional.of(parts[0]),
        parts[1],
        readOnly,
        copyUp,
        Optional.empty(),
        driver,
        Map.of(),
        Map.of());
  }

  static MountSpec anonymous(String target, Optional<String> driver) {
    return new MountSpec.Volume(
        Optional.empty(), target, false, true, Optional.empty(), driver, Map.of(), Map.of());
  }

  private static EngineException invalid(String text) {
    return new EngineException.Invalid("invalid volume specification: '" + text + "'");
  }
}
