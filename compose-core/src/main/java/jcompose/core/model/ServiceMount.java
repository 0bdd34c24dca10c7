package jcompose.core.model;

import java.util.Optional;
import java.util.SequencedMap;

/// One entry of a service's `volumes`, by type.
public sealed interface ServiceMount {
  /// Path in the container.
  String target();

  boolean readOnly();

  /// A path of the host.
  ///
  /// @param source absolute
  /// @param propagation `rprivate`, `rshared`, …
  /// @param recursive `enabled`, `disabled`, `writable`, `readonly`
  /// @param selinux `z` or `Z`
  record Bind(
      String source,
      String target,
      boolean readOnly,
      Optional<String> propagation,
      boolean createHostPath,
      Optional<String> recursive,
      Optional<String> selinux,
      Optional<String> consistency)
      implements ServiceMount {}

  /// A volume of the project, or an anonymous one.
  ///
  /// @param source key under the project's `volumes`; absent for an anonymous volume
  record Named(
      Optional<String> source,
      String target,
      boolean readOnly,
      boolean nocopy,
      Optional<String> subpath,
      SequencedMap<String, String> labels)
      implements ServiceMount {
    public Named {
      labels = Copies.ordered(labels);
    }
  }

  /// A file system in memory.
  ///
  /// @param mode permission bits of its root
  record Tmpfs(String target, boolean readOnly, Optional<Long> sizeBytes, Optional<Integer> mode)
      implements ServiceMount {}

  /// The tree of an image.
  record Image(String source, String target, boolean readOnly, Optional<String> subpath)
      implements ServiceMount {}

  /// `npipe`, `cluster`: the specification knows them, Linux engines do not.
  record Other(String type, Optional<String> source, String target, boolean readOnly)
      implements ServiceMount {}
}
