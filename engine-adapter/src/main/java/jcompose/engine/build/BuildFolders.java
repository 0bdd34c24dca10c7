package jcompose.engine.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jcompose.engine.host.files.FileTree;

/// The names the builder uses below its folder of the data root.
///
/// @param cache what steps gave, by key
/// @param spool contexts and files of builds that run; emptied at start
/// @param mounts what `RUN --mount=type=cache` keeps
record BuildFolders(Path cache, Path spool, Path mounts) {
  /// Makes the folders, for root alone, and empties the spool of builds that were killed.
  static BuildFolders open(Path root) throws IOException {
    Path spool = root.resolve("spool");
    FileTree.remove(spool);
    var folders = new BuildFolders(root.resolve("cache"), spool, root.resolve("mounts"));
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(root, ownerOnly);
    Files.createDirectories(folders.cache, ownerOnly);
    Files.createDirectories(folders.spool, ownerOnly);
    Files.createDirectories(folders.mounts, ownerOnly);
    return folders;
  }
}
