package jcompose.cli.copy;

import java.util.Optional;

/// One end of a copy: `SERVICE:PATH`, or a path of the caller's, or `-`.
///
/// @param service absent for the caller's side
public record CopyPath(Optional<String> service, String path) {
  /// A colon after a slash or a dot at the front belongs to a path.
  public static CopyPath of(String text) {
    int colon = text.indexOf(':');
    boolean local =
        colon <= 0
            || text.startsWith("/")
            || text.startsWith(".")
            || text.substring(0, colon).contains("/");
    return local
        ? new CopyPath(Optional.empty(), text)
        : new CopyPath(Optional.of(text.substring(0, colon)), text.substring(colon + 1));
  }
}
