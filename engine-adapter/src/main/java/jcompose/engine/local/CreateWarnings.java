package jcompose.engine.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ResourceLimits;

/// What a container is created without although it was asked for, and what is dangerous in what was
/// asked for, as clients show it to people: in Docker's words.
public final class CreateWarnings {
  private static final Path BLOCK_DEVICES = Path.of("/sys/fs/cgroup/blkio");

  private CreateWarnings() {}

  /// Nothing that hinders its creation.
  public static List<String> of(ContainerSpec spec) {
    ResourceLimits limits = spec.limits();
    List<String> warnings = new ArrayList<>();
    if (limits.blkioWeight().filter(it -> it > 0).isPresent() && !weighsBlockDevices()) {
      warnings.add(
          "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight"
              + " discarded.");
    }
    if (limits.oomKillDisable().orElse(false) && limits.memoryBytes().orElse(0L) == 0) {
      warnings.add(
          "OOM killer is disabled for the container, but no memory limit is set, this can result"
              + " in the system running out of resources.");
    }
    return warnings;
  }

  /// Whether the kernel shares the time of block devices by weight; control groups v2 show that
  /// only in the groups themselves.
  static boolean weighsBlockDevices() {
    return !Files.exists(BLOCK_DEVICES)
        || Files.exists(BLOCK_DEVICES.resolve("blkio.weight"))
        || Files.exists(BLOCK_DEVICES.resolve("blkio.bfq.weight"));
  }
}
