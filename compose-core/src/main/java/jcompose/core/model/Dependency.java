package jcompose.core.model;

import java.util.Locale;

/// What a service waits for before it starts.
///
/// @param restart it restarts when the other one is restarted or recreated
/// @param required without it, a missing dependency is only worth a warning
public record Dependency(Condition condition, boolean restart, boolean required) {
  /// When a dependency is satisfied.
  public enum Condition {
    SERVICE_STARTED,
    SERVICE_HEALTHY,
    SERVICE_COMPLETED_SUCCESSFULLY;

    /// As the compose file writes it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
