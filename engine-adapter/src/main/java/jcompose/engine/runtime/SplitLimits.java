package jcompose.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.resource.ResourceLimits;
import jcompose.engine.host.CgroupSetting;

/// Limits in the files of control groups v1.
final class SplitLimits {
  private SplitLimits() {}

  static List<CgroupSetting> settings(ResourceLimits limits) {
    List<CgroupSetting> settings = new ArrayList<>();
    limits
        .memoryBytes()
        .ifPresent(
            bytes ->
                settings.add(
                    new CgroupSetting("memory", "memory.limit_in_bytes", bytes.toString())));
    limits
        .memoryAndSwapBytes()
        .ifPresent(
            both ->
                settings.add(
                    new CgroupSetting(
                        "memory", "memory.memsw.limit_in_bytes", both.toString(), false)));
    limits
        .memoryReservationBytes()
        .ifPresent(
            bytes ->
                settings.add(
                    new CgroupSetting("memory", "memory.soft_limit_in_bytes", bytes.toString())));
    limits
        .memorySwappiness()
        .filter(value -> value >= 0)
        .ifPresent(
            value ->
                settings.add(new CgroupSetting("memory", "memory.swappiness", value.toString())));
    limits
        .oomKillDisable()
        .filter(disable -> disable)
        .ifPresent(_ -> settings.add(new CgroupSetting("memory", "memory.oom_control", "1")));
    Quota.of(limits)
        .ifPresent(
            quota -> {
              settings.add(
                  new CgroupSetting("cpu", "cpu.cfs_period_us", Long.toString(quota.period())));
              settings.add(
                  new CgroupSetting("cpu", "cpu.cfs_quota_us", Long.toString(quota.quota())));
            });
    limits
        .cpuRealtimePeriodMicros()
        .ifPresent(
            micros ->
                settings.add(new CgroupSetting("cpu", "cpu.rt_period_us", micros.toString())));
    limits
        .cpuRealtimeRuntimeMicros()
        .ifPresent(
            micros ->
                settings.add(new CgroupSetting("cpu", "cpu.rt_runtime_us", micros.toString())));
    limits
        .cpuWeights()
        .filter(shares -> shares > 0)
        .ifPresent(
            shares -> settings.add(new CgroupSetting("cpu", "cpu.shares", shares.toString())));
    limits
        .cpusetCpus()
        .filter(set -> !set.isEmpty())
        .ifPresent(set -> settings.add(new CgroupSetting("cpuset", "cpuset.cpus", set)));
    limits
        .cpusetMems()
        .filter(set -> !set.isEmpty())
        .ifPresent(set -> settings.add(new CgroupSetting("cpuset", "cpuset.mems", set)));
    limits
        .pids()
        .ifPresent(
            number ->
                settings.add(
                    new CgroupSetting(
                        "pids", "pids.max", number <= 0 ? "max" : number.toString())));
    limits
        .blkioWeight()
        .filter(weight -> weight > 0)
        .ifPresent(
            weight ->
                settings.add(
                    new CgroupSetting("blkio", "blkio.bfq.weight", weight.toString(), false)));
    for (ResourceLimits.DeviceLimit limit : limits.blkioDeviceLimits()) {
      String value = BlockDevice.number(limit.device()) + " " + limit.value();
      settings.add(
          switch (limit.throttle()) {
            case WEIGHT -> new CgroupSetting("blkio", "blkio.bfq.weight_device", value, false);
            case READ_BYTES_PER_SECOND ->
                new CgroupSetting("blkio", "blkio.throttle.read_bps_device", value);
            case WRITE_BYTES_PER_SECOND ->
                new CgroupSetting("blkio", "blkio.throttle.write_bps_device", value);
            case READ_OPERATIONS_PER_SECOND ->
                new CgroupSetting("blkio", "blkio.throttle.read_iops_device", value);
            case WRITE_OPERATIONS_PER_SECOND ->
                new CgroupSetting("blkio", "blkio.throttle.write_iops_device", value);
          });
    }
    return settings;
  }
}
