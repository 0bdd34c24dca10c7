package jcompose.engine.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.ResourceLimits.DeviceLimit;

/// Memory, processor, process and block device limits in a `HostConfig`.
final class LimitsBody {
  private LimitsBody() {}

  static void write(ResourceLimits limits, ObjectNode host) {
    limits.memoryBytes().ifPresent(it -> host.put("Memory", it));
    limits.memoryReservationBytes().ifPresent(it -> host.put("MemoryReservation", it));
    limits.memorySwapBytes().ifPresent(it -> host.put("MemorySwap", it));
    limits.memorySwappiness().ifPresent(it -> host.put("MemorySwappiness", it));
    limits.oomKillDisable().ifPresent(it -> host.put("OomKillDisable", it));
    limits.nanoCpus().ifPresent(it -> host.put("NanoCpus", it));
    limits.cpuPeriodMicros().ifPresent(it -> host.put("CpuPeriod", it));
    limits.cpuQuotaMicros().ifPresent(it -> host.put("CpuQuota", it));
    limits.cpuRealtimePeriodMicros().ifPresent(it -> host.put("CpuRealtimePeriod", it));
    limits.cpuRealtimeRuntimeMicros().ifPresent(it -> host.put("CpuRealtimeRuntime", it));
    limits.cpuWeights().ifPresent(it -> host.put("CpuShares", it));
    limits.cpusetCpus().ifPresent(it -> host.put("CpusetCpus", it));
    limits.cpusetMems().ifPresent(it -> host.put("CpusetMems", it));
    limits.pids().ifPresent(it -> host.put("PidsLimit", it));
    limits.blkioWeight().ifPresent(it -> host.put("BlkioWeight", it));
    limits.blkioDeviceLimits().forEach(it -> device(it, host));
  }

  private static void device(DeviceLimit limit, ObjectNode host) {
    String field =
        switch (limit.throttle()) {
          case WEIGHT -> "BlkioWeightDevice";
          case READ_BYTES_PER_SECOND -> "BlkioDeviceReadBps";
          case WRITE_BYTES_PER_SECOND -> "BlkioDeviceWriteBps";
          case READ_OPERATIONS_PER_SECOND -> "BlkioDeviceReadIOps";
          case WRITE_OPERATIONS_PER_SECOND -> "BlkioDeviceWriteIOps";
        };
    ArrayNode list = host.withArray(field);
    ObjectNode entry = list.addObject().put("Path", limit.device());
    entry.put(field.equals("BlkioWeightDevice") ? "Weight" : "Rate", limit.value());
  }
}
