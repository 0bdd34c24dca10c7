package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.ResourceLimits.Throttle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// All limits, with those that hold for a container's whole life.
final class DeviceLimitFlags {
  @Mixin private final LimitFlags limits = new LimitFlags();

  @Option(
      names = "--memory-swappiness",
      paramLabel = "int",
      description = "Tune container memory swappiness (0 to 100)")
  private @Nullable Integer swappiness;

  @Option(names = "--oom-kill-disable", description = "Disable OOM Killer")
  private boolean oomKillDisable;

  @Option(
      names = "--blkio-weight-device",
      paramLabel = "list",
      description = "Block IO weight (relative device weight)")
  private List<String> weights = new ArrayList<>();

  @Option(
      names = "--device-read-bps",
      paramLabel = "list",
      description = "Limit read rate (bytes per second) from a device")
  private List<String> readBytes = new ArrayList<>();

  @Option(
      names = "--device-write-bps",
      paramLabel = "list",
      description = "Limit write rate (bytes per second) to a device")
  private List<String> writtenBytes = new ArrayList<>();

  @Option(
      names = "--device-read-iops",
      paramLabel = "list",
      description = "Limit read rate (IO per second) from a device")
  private List<String> reads = new ArrayList<>();

  @Option(
      names = "--device-write-iops",
      paramLabel = "list",
      description = "Limit write rate (IO per second) to a device")
  private List<String> writes = new ArrayList<>();

  ResourceLimits limits() {
    var devices = new ArrayList<ResourceLimits.DeviceLimit>();
    devices.addAll(LimitFlags.devices(Throttle.WEIGHT, weights));
    devices.addAll(LimitFlags.devices(Throttle.READ_BYTES_PER_SECOND, readBytes));
    devices.addAll(LimitFlags.devices(Throttle.WRITE_BYTES_PER_SECOND, writtenBytes));
    devices.addAll(LimitFlags.devices(Throttle.READ_OPERATIONS_PER_SECOND, reads));
    devices.addAll(LimitFlags.devices(Throttle.WRITE_OPERATIONS_PER_SECOND, writes));
    return limits.limits(
        Optional.ofNullable(swappiness),
        oomKillDisable ? Optional.of(true) : Optional.empty(),
        devices);
  }
}
