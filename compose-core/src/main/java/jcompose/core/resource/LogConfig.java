package jcompose.core.resource;

import java.util.Map;

/// Where a container's output is kept: a driver such as `json-file`, `local` or `none`, and its
/// options.
public record LogConfig(String driver, Map<String, String> options) {
  public LogConfig {
    options = Map.copyOf(options);
  }
}
