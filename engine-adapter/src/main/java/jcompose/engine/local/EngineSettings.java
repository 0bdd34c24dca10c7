package jcompose.engine.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import jcompose.engine.network.NetworkSettings;
import jcompose.engine.registry.RegistrySettings;

/// Where an engine keeps its things. Engines with different data roots live side by side.
///
/// @param dataRoot what survives a restart of the machine
/// @param runRoot what does not: sockets and exit files of the monitors
/// @param instance names what the engine owns in the kernel; 1 to 20 of `[a-z0-9_]`
/// @param pools where subnets come from when a network names none
public record EngineSettings(
    Path dataRoot,
    Path runRoot,
    String instance,
    RegistrySettings registries,
    List<NetworkSettings.Pool> pools) {
  public static final Path DEFAULT_DATA_ROOT = Path.of("/var/lib/jcompose");
  private static final Path DEFAULT_RUN_ROOT = Path.of("/run/jcompose");

  /// The engine that people mean when they name none.
  public static final EngineSettings DEFAULT =
      named(DEFAULT_DATA_ROOT, DEFAULT_RUN_ROOT, "jcompose");

  private static EngineSettings named(Path dataRoot, Path runRoot, String instance) {
    return new EngineSettings(
        dataRoot, runRoot, instance, RegistrySettings.DEFAULT, NetworkSettings.DOCKER_POOLS);
  }

  /// An engine on a data root of its own; its other names follow from that.
  public static EngineSettings of(Path dataRoot) {
    Path root = dataRoot.toAbsolutePath().normalize();
    if (root.equals(DEFAULT_DATA_ROOT)) {
      return DEFAULT;
    }
    var sum = new CRC32();
    sum.update(root.toString().getBytes(StandardCharsets.UTF_8));
    String name = "jcompose_" + Long.toHexString(sum.getValue() | 1L << 32).substring(1);
    return named(root, DEFAULT_RUN_ROOT.resolve(name), name);
  }
}
