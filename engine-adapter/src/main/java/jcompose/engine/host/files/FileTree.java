package jcompose.engine.host.files;

import java.io.IOException;
import java.nio.file.Path;

/// Whole trees of files.
public final class FileTree {
  private FileTree() {}

  /// Removes a folder or file and all below it, following no symbolic link. What is not there is no
  /// error.
  public static void remove(Path path) throws IOException {
    try (var calls = new FileCalls()) {
      remove(calls, FileCalls.CURRENT_FOLDER, FileCalls.bytes(path.toAbsolutePath().toString()));
    }
  }

  /// Writes to the disk all that waits of the file system that a folder is on.
  public static void syncFileSystem(Path folder) throws IOException {
    try (var calls = new FileCalls()) {
      int opened =
          FileCalls.check(
              calls.open(
                  FileCalls.CURRENT_FOLDER,
                  FileCalls.bytes(folder.toAbsolutePath().toString()),
                  FileCalls.O_DIRECTORY,
                  0),
              "open",
              folder.toString());
      try {
        FileCalls.check(calls.syncFileSystem(opened), "sync", folder.toString());
      } finally {
        calls.close(opened);
      }
    }
  }

  /// As [#remove(Path)], of a name in an open folder.
  public static void remove(FileCalls calls, int folder, String name) throws IOException {
    int result = calls.removeFile(folder, name);
    if (result == 0 || result == -Errno.ENOENT) {
      return;
    }
    if (result != -Errno.EISDIR && result != -Errno.EPERM) {
      FileCalls.check(result, "remove", name);
    }
    int opened =
        FileCalls.check(
            calls.open(folder, name, FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW, 0),
            "remove",
            name);
    try {
      for (String child : calls.list(opened)) {
        remove(calls, opened, child);
      }
    } finally {
      calls.close(opened);
    }
    FileCalls.check(calls.removeDirectory(folder, name), "rmdir", name);
  }
}
