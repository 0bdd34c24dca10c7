package jcompose.cli.container;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.ResourceLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a container may use, for `run`, `create` and `update`.
final class LimitFlags {
  @Option(
      names = {"-m", "--memory"},
      paramLabel = "bytes",
      description = "Memory limit")
  private @Nullable String memory;

  @Option(names = "--memory-reservation", paramLabel = "bytes", description = "Memory soft limit")
  private @Nullable String memoryReservation;

  @Option(
      names = "--memory-swap",
      paramLabel = "bytes",
      description = "Swap limit equal to memory plus swap: '-1' to enable unlimited swap")
  private @Nullable String memorySwap;

  @Option(names = "--cpus", paramLabel = "decimal", description = "Number of CPUs")
  private @Nullable String cpus;

  @Option(
      names = "--cpu-period",
      paramLabel = "int",
      description = "Limit CPU CFS (Completely Fair Scheduler) period")
  private @Nullable Long cpuPeriod;

  @Option(
      names = "--cpu-quota",
      paramLabel = "int",
      description = "Limit CPU CFS (Completely Fair Scheduler) quota")
  private @Nullable Long cpuQuota;

  @Option(
      names = "--cpu-rt-period",
      paramLabel = "int",
      description = "Limit the CPU real-time period in microseconds")
  private @Nullable Long realtimePeriod;

  @Option(
      names = "--cpu-rt-runtime",
      paramLabel = "int",
      description = "Limit the CPU real-time runtime in microseconds")
  private @Nullable Long realtimeRuntime;

  @Option(
      names = {"-c", "--cpu-shares"},
      paramLabel = "int",
      description = "CPU shares (relative weight)")
  private @Nullable Integer cpuShares;

  @Option(
      names = "--cpuset-cpus",
      paramLabel = "string",
      description = "CPUs in which to allow execution (0-3, 0,1)")
  private @Nullable String cpusetCpus;

  @Option(
      names = "--cpuset-mems",
      paramLabel = "string",
      description = "MEMs in which to allow execution (0-3, 0,1)")
  private @Nullable String cpusetMems;

  @Option(
      names = "--pids-limit",
      paramLabel = "int",
      description = "Tune container pids limit (set -1 for unlimited)")
  private @Nullable Long pids;

  @Option(
      names = "--blkio-weight",
      paramLabel = "int",
      description = "Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)")
  private @Nullable Integer blkioWeight;

  /// @param swappiness and `oomKillDisable`, `devices`: what `update` cannot change
  ResourceLimits limits(
      Optional<Integer> swappiness,
      Optional<Boolean> oomKillDisable,
      List<ResourceLimits.DeviceLimit> devices) {
    return new ResourceLimits(
        Values.bytes("-m, --memory", memory),
        Values.bytes("--memory-reservation", memoryReservation),
        Values.bytes("--memory-swap", memorySwap),
        swappiness,
        oomKillDisable,
        Optional.ofNullable(cpus).map(LimitFlags::nanos),
        Optional.ofNullable(cpuPeriod),
        Optional.ofNullable(cpuQuota),
        Optional.ofNullable(realtimePeriod),
        Optional.ofNullable(realtimeRuntime),
        Optional.ofNullable(cpuShares),
        Values.text(cpusetCpus),
        Values.text(cpusetMems),
        Optional.ofNullable(pids),
        Optional.ofNullable(blkioWeight),
        devices);
  }

  ResourceLimits limits() {
    return limits(Optional.empty(), Optional.empty(), List.of());
  }

  private static long nanos(String text) {
    try {
      return new BigDecimal(text).movePointRight(9).longValueExact();
    } catch (NumberFormatException e) {
      throw new UsageError("invalid argument \"" + text + "\" for --cpus: it is no number");
    } catch (ArithmeticException e) {
      throw new UsageError("invalid argument \"" + text + "\" for --cpus: value is too precise");
    }
  }

  /// `/dev/sda:1mb` of a throttle's flags.
  static List<ResourceLimits.DeviceLimit> devices(
      ResourceLimits.Throttle throttle, List<String> flags) {
    var limits = new ArrayList<ResourceLimits.DeviceLimit>();
    for (String flag : flags) {
      int colon = flag.indexOf(':');
      if (colon < 1 || !flag.startsWith("/dev/")) {
        throw new UsageError("bad format for device path: " + flag + ": write /dev/NAME:NUMBER");
      }
      long value = Values.bytes("a device's limit", flag.substring(colon + 1)).orElse(0L);
      limits.add(new ResourceLimits.DeviceLimit(throttle, flag.substring(0, colon), value));
    }
    return limits;
  }
}
