package jcompose.core.resource;

import java.util.List;

/// What was removed because nothing used it.
///
/// @param removed ids or names; of images also `untagged: NAME`
/// @param bytes of disk that are free now
public record PruneReport(List<String> removed, long bytes) {
  public PruneReport {
    removed = List.copyOf(removed);
  }
}
