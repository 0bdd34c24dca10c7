package jcompose.core.model;

import java.util.List;
import java.util.Optional;

/// One entry under `models`.
///
/// @param model reference of an OCI artifact
public record Model(
    String key,
    Optional<String> name,
    String model,
    Optional<Integer> contextSize,
    List<String> runtimeFlags) {
  public Model {
    runtimeFlags = List.copyOf(runtimeFlags);
  }
}
