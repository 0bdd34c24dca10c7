package jcompose.engine.local;

import java.util.Map;
import jcompose.core.resource.ContainerUsage;
import jcompose.engine.runtime.ContainerStats;

/// Readings of cgroups as the port has them.
final class Usages {
  private Usages() {}

  /// @param pid of a process that sees the container's network
  static ContainerUsage of(ContainerStats stats, int pid) {
    long received = 0;
    long sent = 0;
    for (Object counters : NetworkCounters.of(pid).values()) {
      if (counters instanceof Map<?, ?> it) {
        received += it.get("rx_bytes") instanceof Long bytes ? bytes : 0;
        sent += it.get("tx_bytes") instanceof Long bytes ? bytes : 0;
      }
    }
    return new ContainerUsage(
        stats.cpuTotalNanos(),
        stats.systemCpuNanos(),
        stats.onlineCpus(),
        memory(stats),
        stats.memoryLimit(),
        received,
        sent,
        stats.blockIo().stream().mapToLong(ContainerStats.BlockIo::readBytes).sum(),
        stats.blockIo().stream().mapToLong(ContainerStats.BlockIo::writtenBytes).sum(),
        stats.pids());
  }

  /// The name is one in cgroup v1 and another in v2.
  private static long memory(ContainerStats stats) {
    Long inactive = stats.memoryDetails().get("total_inactive_file");
    if (inactive == null) {
      inactive = stats.memoryDetails().getOrDefault("inactive_file", 0L);
    }
    return inactive < stats.memoryUsage() ? stats.memoryUsage() - inactive : stats.memoryUsage();
  }
}
