package jcompose.engine.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a container has used, read from its cgroup. Times are nanoseconds, sizes bytes.
///
/// @param memoryLimit the machine's memory where there is no limit
/// @param memoryDetails the lines of `memory.stat`
/// @param blockIo one entry a device and direction
/// @param systemCpuNanos processor time of the whole machine, for percentages
public record ContainerStats(
    Instant readAt,
    long cpuTotalNanos,
    long cpuUserNanos,
    long cpuSystemNanos,
    long systemCpuNanos,
    int onlineCpus,
    long throttledPeriods,
    long periods,
    long throttledNanos,
    long memoryUsage,
    long memoryLimit,
    long memoryPeak,
    Map<String, Long> memoryDetails,
    long pids,
    long pidsLimit,
    List<BlockIo> blockIo) {
  public ContainerStats {
    memoryDetails = Map.copyOf(memoryDetails);
    blockIo = List.copyOf(blockIo);
  }

  /// Bytes and operations on one block device.
  public record BlockIo(
      int major,
      int minor,
      long readBytes,
      long writtenBytes,
      long readOperations,
      long writeOperations) {}
}
