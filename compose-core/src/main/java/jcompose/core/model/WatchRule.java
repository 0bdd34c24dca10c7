package jcompose.core.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `watch` does when files below a path change.
///
/// @param path absolute
/// @param target path in the container
public record WatchRule(
    String path,
    Action action,
    Optional<String> target,
    List<String> ignore,
    List<String> include,
    boolean initialSync,
    Optional<Hook> exec) {
  public WatchRule {
    ignore = List.copyOf(ignore);
    include = List.copyOf(include);
  }

  /// What is done.
  public enum Action {
    REBUILD,
    SYNC,
    RESTART,
    SYNC_RESTART,
    SYNC_EXEC;

    /// As the compose file writes it.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '+');
    }
  }
}
