package jcompose.core.model;

import java.util.List;
import java.util.Optional;

/// Limits on block devices.
public record BlkioConfig(
    Optional<Integer> weight,
    List<WeightDevice> weightDevice,
    List<ThrottleDevice> deviceReadBps,
    List<ThrottleDevice> deviceWriteBps,
    List<ThrottleDevice> deviceReadIops,
    List<ThrottleDevice> deviceWriteIops) {

  public BlkioConfig {
    weightDevice = List.copyOf(weightDevice);
    deviceReadBps = List.copyOf(deviceReadBps);
    deviceWriteBps = List.copyOf(deviceWriteBps);
    deviceReadIops = List.copyOf(deviceReadIops);
    deviceWriteIops = List.copyOf(deviceWriteIops);
  }

  /// A device's share, 10 to 1000.
  public record WeightDevice(String path, int weight) {}

  /// At most `rate` bytes or operations a second.
  public record ThrottleDevice(String path, long rate) {}
}
