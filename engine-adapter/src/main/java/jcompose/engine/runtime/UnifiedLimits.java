package jcompose.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.resource.ResourceLimits;
import jcompose.engine.host.CgroupSetting;

/// Limits in the files of control groups v2; the formulas are those of runc and crun, which tools
/// expect.
final class UnifiedLimits {
  private UnifiedLimits() {}

  static List<CgroupSetting> settings(ResourceLimits limits) {
    List<CgroupSetting> settings = new ArrayList<>();
    limits.memoryReservationBytes().ifPresent(bytes -> settings.add(setting("memory.low", bytes)));
    limits.memoryBytes().ifPresent(bytes -> settings.add(setting("memory.max", unlimited(bytes))));
    limits
        .memoryAndSwapBytes()
        .ifPresent(
            both -> {
              long swap = both < 0 ? -1 : Math.max(0, both - limits.memoryBytes().orElse(0L));
              settings.add(new CgroupSetting("memory", "memory.swap.max", unlimited(swap), false));
            });
    Quota.of(limits)
        .ifPresent(
            quota ->
                settings.add(setting("cpu.max", unlimited(quota.quota()) + " " + quota.period())));
    limits
        .cpuWeights()
        .filter(shares -> shares > 0)
        .ifPresent(shares -> settings.add(setting("cpu.weight", weight(shares))));
    limits
        .cpusetCpus()
        .filter(set -> !set.isEmpty())
        .ifPresent(set -> settings.add(setting("cpuset.cpus", set)));
    limits
        .cpusetMems()
        .filter(set -> !set.isEmpty())
        .ifPresent(set -> settings.add(setting("cpuset.mems", set)));
    limits
        .pids()
        .ifPresent(number -> settings.add(setting("pids.max", number <= 0 ? "max" : number)));
    limits
        .blkioWeight()
        .filter(weight -> weight > 0)
        .ifPresent(
            weight -> {
              settings.add(new CgroupSetting("io", "io.bfq.weight", weight.toString(), false));
              settings.add(
                  new CgroupSetting(
                      "io", "io.weight", "default " + (1 + (weight - 10L) * 9999 / 990), false));
            });
    for (ResourceLimits.DeviceLimit limit : limits.blkioDeviceLimits()) {
      String device = BlockDevice.number(limit.device());
      settings.add(
          switch (limit.throttle()) {
            case WEIGHT ->
                new CgroupSetting("io", "io.bfq.weight", device + " " + limit.value(), false);
            case READ_BYTES_PER_SECOND -> setting("io.max", device + " rbps=" + limit.value());
            case WRITE_BYTES_PER_SECOND -> setting("io.max", device + " wbps=" + limit.value());
            case READ_OPERATIONS_PER_SECOND ->
                setting("io.max", device + " riops=" + limit.value());
            case WRITE_OPERATIONS_PER_SECOND ->
                setting("io.max", device + " wiops=" + limit.value());
          });
    }
    return settings;
  }

  private static CgroupSetting setting(String file, Object value) {
    return new CgroupSetting("", file, value.toString());
  }

  private static String unlimited(long value) {
    return value < 0 ? "max" : Long.toString(value);
  }

  /// From 2..262144 to 1..10000.
  private static long weight(long shares) {
    return 1 + (Math.clamp(shares, 2L, 262144L) - 2) * 9999 / 262142;
  }
}
