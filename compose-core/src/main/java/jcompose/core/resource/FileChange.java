package jcompose.core.resource;

/// What became of a path since the container was made.
///
/// @param path from the container's root
public record FileChange(Kind kind, String path) {
  public enum Kind {
    MODIFIED,
    ADDED,
    DELETED
  }
}
