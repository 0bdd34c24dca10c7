package jcompose.core.resource;

import java.util.Map;
import java.util.Optional;

/// Where something is attached to a container's file tree.
public sealed interface MountSpec {
  /// Absolute path in the container.
  String target();

  boolean readOnly();

  /// A path of the host.
  ///
  /// @param source absolute path on the engine's host
  /// @param propagation `rprivate`, `rshared`, …; absent for `rprivate`
  /// @param createSource makes a missing source a folder
  /// @param selinux `z` or `Z`
  /// @param recursive `enabled`, `disabled`, `writable`, `readonly`; absent for the default
  record Bind(
      String source,
      String target,
      boolean readOnly,
      Optional<String> propagation,
      boolean createSource,
      Optional<String> selinux,
      Optional<String> recursive)
      implements MountSpec {}

  /// A volume, named or, with an absent name, anonymous.
  ///
  /// @param copyUp fills an empty volume with what the image has at the target
  /// @param subpath a folder in the volume, relative
  /// @param driver and `driverOptions`, `labels`: for a volume that does not exist yet
  record Volume(
      Optional<String> name,
      String target,
      boolean readOnly,
      boolean copyUp,
      Optional<String> subpath,
      Optional<String> driver,
      Map<String, String> driverOptions,
      Map<String, String> labels)
      implements MountSpec {}

  /// A file system in memory.
  ///
  /// @param mode permission bits of its root
  record Tmpfs(String target, boolean readOnly, Optional<Long> sizeBytes, Optional<Integer> mode)
      implements MountSpec {}

  /// The tree of an image, read only.
  record Image(String image, String target, Optional<String> subpath) implements MountSpec {
    @Override
    public boolean readOnly() {
      return true;
    }
  }

  /// A file of the container's own, read only: a secret or config that is no file of the host. An
  /// engine that can keeps it out of the container's writable layer.
  ///
  /// @param content its text; no one prints it
  /// @param mode permission bits
  record Content(String content, String target, int uid, int gid, int mode) implements MountSpec {
    @Override
    public boolean readOnly() {
      return true;
    }

    @Override
    public String toString() {
      return "Content[target=" + target + ", content hidden]";
    }
  }

  /// A named pipe or cluster volume: known to the API, refused by engines on this system.
  record Other(String type, Optional<String> source, String target, boolean readOnly)
      implements MountSpec {}
}
