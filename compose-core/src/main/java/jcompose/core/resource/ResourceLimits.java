package jcompose.core.resource;

import java.util.List;
import java.util.Optional;

/// What a container may use. Absent is unlimited, or the kernel's default.
///
/// @param memoryBytes hard limit
/// @param memorySwapBytes memory and swap together; -1 is unlimited swap
/// @param nanoCpus 1e9 is one processor
/// @param cpuQuotaMicros microseconds a period
/// @param cpuWeights `cpu_shares`, 2 to 262144
/// @param pids -1 is unlimited
/// @param blkioDeviceLimits one throttle a device
public record ResourceLimits(
    Optional<Long> memoryBytes,
    Optional<Long> memoryReservationBytes,
    Optional<Long> memorySwapBytes,
    Optional<Integer> memorySwappiness,
    Optional<Boolean> oomKillDisable,
    Optional<Long> nanoCpus,
    Optional<Long> cpuPeriodMicros,
    Optional<Long> cpuQuotaMicros,
    Optional<Long> cpuRealtimePeriodMicros,
    Optional<Long> cpuRealtimeRuntimeMicros,
    Optional<Integer> cpuWeights,
    Optional<String> cpusetCpus,
    Optional<String> cpusetMems,
    Optional<Long> pids,
    Optional<Integer> blkioWeight,
    List<DeviceLimit> blkioDeviceLimits) {

  public static final ResourceLimits NONE =
      new ResourceLimits(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public ResourceLimits {
    blkioDeviceLimits = List.copyOf(blkioDeviceLimits);
  }

  /// The limit of memory and swap together: twice that of memory where only that is given, as
  /// Docker has it.
  public Optional<Long> memoryAndSwapBytes() {
    return memorySwapBytes
        .filter(bytes -> bytes != 0)
        .or(() -> memoryBytes.filter(bytes -> bytes > 0).map(bytes -> 2 * bytes));
  }

  /// What a `DeviceLimit` limits.
  public enum Throttle {
    WEIGHT,
    READ_BYTES_PER_SECOND,
    WRITE_BYTES_PER_SECOND,
    READ_OPERATIONS_PER_SECOND,
    WRITE_OPERATIONS_PER_SECOND
  }

  /// One throttle of one block device.
  ///
  /// @param device path on the host, such as `/dev/sda`
  public record DeviceLimit(Throttle throttle, String device, long value) {}
}
