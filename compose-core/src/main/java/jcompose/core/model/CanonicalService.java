package jcompose.core.model;

import java.util.Map;
import java.util.Optional;
import jcompose.core.source.SourceRange;

/// The resolved form of a service.
///
/// @param configHashInput JSON, the same for the same configuration: without `build`,
///   `pull_policy`, `scale`, `deploy.replicas`, `depends_on` and `profiles`, which do not make a
///   container another one
/// @param earlierHashInput the same with `depends_on` and `profiles`, as docker compose before 2.30
///   has it
/// @param positions where each key was last set, by its path below the service, such as
///   `ports[0].target`; the empty path is the service itself
public record CanonicalService(
    String configHashInput, String earlierHashInput, Map<String, SourceRange> positions) {
  public CanonicalService {
    positions = Map.copyOf(positions);
  }

  /// Where `path` was set, or, where it is a default, the nearest thing around it.
  public Optional<SourceRange> position(String path) {
    String at = path;
    while (true) {
      SourceRange found = positions.get(at);
      if (found != null || at.isEmpty()) {
        return Optional.ofNullable(found);
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
  }
}
