package jcompose.core.engine;

import java.util.List;
import java.util.Map;
import jcompose.core.resource.ImageRemoval;
import jcompose.core.resource.ObjectKind;
import jcompose.core.resource.PruneReport;

/// Removal of what nothing uses.
public interface Cleaning {
  /// Containers that do not run; images without a name, or, with `dangling=false`, that no
  /// container uses; networks without a container; anonymous volumes of no container, or, with
  /// `all=true`, named ones too.
  ///
  /// @param filters by name
  /// @throws EngineException.Invalid for a filter that there is not
  PruneReport prune(ObjectKind kind, Map<String, List<String>> filters);

  /// Results of build steps.
  PruneReport pruneBuildCache(boolean all, Map<String, List<String>> filters);

  /// Removes a tag, and with the last one the image.
  ///
  /// @param parts also its parents that have no name
  /// @return what was done, in order
  /// @throws EngineException.Conflict when a container uses it and `force` is false
  List<ImageRemoval> removeImage(String reference, boolean force, boolean parts);
}
