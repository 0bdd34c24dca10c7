package jcompose.engine.snapshot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The folders of an overlay mount. The lower folders are given relative to a base, so that a long
/// list stays within the one page that mount(2) takes: change to `base` in the process that mounts,
/// or open it and pass `lowerdir+` to fsconfig(2).
///
/// Mount with `redirect_dir=off,metacopy=off,index=off`: what a commit reads in `upper` must stand
/// for itself.
///
/// @param base absolute; holds the lower folders
/// @param lowers the topmost first, as overlayfs wants them; never empty (an image without layers
///   has one empty folder)
/// @param upper absolute; gets what is written
/// @param work absolute; overlayfs's own, on the same file system as `upper`
public record OverlayLayout(Path base, List<String> lowers, Path upper, Path work) {
  public OverlayLayout {
    lowers = List.copyOf(lowers);
  }

  /// With one more folder below all others.
  public OverlayLayout above(Path lowest) {
    var all = new ArrayList<>(lowers);
    all.add(lowest.toString());
    return new OverlayLayout(base, all, upper, work);
  }

  /// The data of mount(2), to be used with `base` as the current folder.
  public String mountOptions() {
    return "lowerdir="
        + String.join(":", lowers)
        + ",upperdir="
        + upper
        + ",workdir="
        + work
        + ",redirect_dir=off,metacopy=off,index=off";
  }

  /// The lower folders as absolute paths, the topmost first.
  public List<Path> lowerPaths() {
    return lowers.stream().map(base::resolve).collect(Collectors.toUnmodifiableList());
  }
}
