package jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.List;

/// What is mounted, inside the container's mount namespace only, as its root.
///
/// @param base the folder that `lowers` are relative to; relative paths keep the mount options of a
///   deep stack within the kernel's one page
/// @param lowers read-only layers, top first; may be empty with an `upper` that is a whole tree
/// @param upper takes what the container writes; absolute
/// @param work overlayfs's own folder, on the file system of `upper`; absolute
public record RootFilesystem(Path base, List<String> lowers, Path upper, Path work) {
  public RootFilesystem {
    lowers = List.copyOf(lowers);
  }
}
