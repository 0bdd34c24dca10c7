package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// Writes files that a container's specification brings, in a folder that nobody else can enter.
final class ContentFiles {
  private ContentFiles() {}

  /// @param folder of the container's run; what is written goes with it
  /// @return the mounts, with binds in the place of contents
  static List<RuntimeMount> written(List<RuntimeMount> mounts, Path folder) throws IOException {
    var result = new ArrayList<RuntimeMount>(mounts.size());
    for (RuntimeMount mount : mounts) {
      result.add(
          mount instanceof RuntimeMount.Content content
              ? RuntimeMount.Bind.of(
                  write(content, folder.resolve("content-" + result.size())),
                  content.target(),
                  true)
              : mount);
    }
    return result;
  }

  private static Path write(RuntimeMount.Content content, Path file) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(file, ownerOnly);
    Files.writeString(file, content.content());
    Files.setAttribute(file, "unix:uid", content.uid());
    Files.setAttribute(file, "unix:gid", content.gid());
    Files.setAttribute(file, "unix:mode", content.mode()); // last: a change of owner clears bits
    return file;
  }
}
