package jcompose.core.model;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Devices asked of a driver, such as GPUs.
///
/// @param count -1 for all
public record DeviceRequest(
    List<String> capabilities,
    Optional<Long> count,
    List<String> deviceIds,
    Optional<String> driver,
    SequencedMap<String, String> options) {
  public DeviceRequest {
    capabilities = List.copyOf(capabilities);
    deviceIds = List.copyOf(deviceIds);
    options = Copies.ordered(options);
  }
}
