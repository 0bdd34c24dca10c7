package jcompose.core.resource;

import java.util.Map;

/// A network as an engine has it.
///
/// @param id 64 hex digits
public record NetworkDetails(
    String id, String name, String driver, boolean internal, Map<String, String> labels) {
  public NetworkDetails {
    labels = Map.copyOf(labels);
  }
}
