package jcompose.core.model;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// One entry under `volumes`.
///
/// @param key as services name it
/// @param name as an engine names it
/// @param external is not ours to create or remove
public record Volume(
    String key,
    String name,
    boolean external,
    Optional<String> driver,
    SequencedMap<String, String> driverOpts,
    SequencedMap<String, String> labels) {

  public Volume {
    driverOpts = Copies.ordered(driverOpts);
    labels = Copies.ordered(labels);
  }

  /// A local volume with nothing set.
  public static Volume of(String key, String name) {
    return new Volume(
        key, name, false, Optional.empty(), Copies.ordered(Map.of()), Copies.ordered(Map.of()));
  }
}
