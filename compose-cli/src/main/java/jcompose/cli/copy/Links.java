package jcompose.cli.copy;

import java.nio.file.Path;
import java.util.Optional;
import jcompose.core.engine.ContainerFiles;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.FileInfo;

/// Symbolic links in containers.
final class Links {
  private static final int MOST = 40; // as the kernel follows

  private Links() {}

  /// Where a path leads when its last name is followed.
  static String followed(ContainerFiles files, ContainerId id, String path) {
    String at = path;
    for (int i = 0; i < MOST; i++) {
      Optional<String> target = files.find(id, at).flatMap(FileInfo::linkTarget);
      if (target.isEmpty()) {
        return at;
      }
      Path parent = Optional.ofNullable(Path.of("/", at).getParent()).orElse(Path.of("/"));
      at = parent.resolve(target.get()).normalize().toString();
    }
    throw new CopyFailed("too many levels of symbolic links: " + path);
  }
}
