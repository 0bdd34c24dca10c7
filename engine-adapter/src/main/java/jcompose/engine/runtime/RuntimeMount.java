package jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.Optional;

/// A mount below the container's root, volumes already resolved to folders of the host. They are
/// made in the order of their target's depth, so that `/a/b` is not hidden by `/a`. The missing
/// target is made.
public sealed interface RuntimeMount {
  /// Absolute path in the container. Links in it are followed inside the container's root, never
  /// out of it.
  String target();

  /// A folder or file of the host.
  ///
  /// @param source absolute; must exist
  /// @param subpath of the source, if not all of it; no link in there leads out of the source, not
  ///   even while others who have it change it
  /// @param propagation `rprivate`, `rslave`, `rshared`, `private`, `slave`, `shared`
  /// @param recursiveReadOnly makes what is mounted below the source read-only too
  record Bind(
      Path source,
      Optional<String> subpath,
      String target,
      boolean readOnly,
      String propagation,
      boolean recursiveReadOnly)
      implements RuntimeMount {
    public static Bind of(Path source, String target, boolean readOnly) {
      return new Bind(source, Optional.empty(), target, readOnly, "rprivate", readOnly);
    }
  }

  /// A file system in memory.
  ///
  /// @param options as mount(8) takes them for tmpfs: `size=64m,mode=1777,noexec`
  record Tmpfs(String target, Optional<String> options) implements RuntimeMount {}

  /// A file of this text, read only. The runtime keeps it with what lives as long as the container
  /// runs.
  ///
  /// @param mode permission bits
  record Content(String content, String target, int uid, int gid, int mode)
      implements RuntimeMount {}

  /// The trees of an image, read only.
  ///
  /// @param base the folder that `lowers` are relative to
  /// @param subpath of the tree, if not all of it; no link leads out of the tree
  record Layers(Path base, java.util.List<String> lowers, Optional<String> subpath, String target)
      implements RuntimeMount {
    public Layers {
      lowers = java.util.List.copyOf(lowers);
    }
  }
}
