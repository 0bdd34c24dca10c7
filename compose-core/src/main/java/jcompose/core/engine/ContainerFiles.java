package jcompose.core.engine;

import java.io.InputStream;
import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.FileInfo;

/// Files of containers, running or not, as tar archives. Paths are absolute within the container.
public interface ContainerFiles {
  /// What a path names; a last symbolic link is not followed.
  Optional<FileInfo> find(ContainerId id, String path);

  /// A file, or a folder with all that is in it, as a tar whose names begin with the last part of
  /// the path. The caller closes it.
  ///
  /// @throws EngineException.NotFound when there is no such file
  InputStream read(ContainerId id, String path);

  /// Unpacks a tar into a folder that is there.
  ///
  /// @param asUser gives all to the user that the container runs as, where its configuration names
  ///   one; else the archive tells the owners
  /// @throws EngineException.NotFound when there is no such folder
  /// @throws EngineException.Invalid when it is no folder, or a folder would replace a file
  /// @throws EngineException.Denied when it is read-only
  void write(ContainerId id, String folder, InputStream tar, boolean asUser);

  /// The whole tree without what is mounted in it, as a tar. The caller closes it.
  InputStream export(ContainerId id);
}
