package jcompose.core.resource;

import java.util.Map;

/// A volume as an engine has it.
///
/// @param mountpoint where its content is on the engine's host
public record VolumeDetails(
    String name, String driver, String mountpoint, Map<String, String> labels) {
  public VolumeDetails {
    labels = Map.copyOf(labels);
  }
}
