package jcompose.engine.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Reading and writing the files of one control group's folder.
final class CgroupFiles {
  private CgroupFiles() {}

  static void write(Path file, String value) throws IOException {
    try {
      Files.write(file, value.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException("cannot write " + value + " to " + file + ": " + e.getMessage(), e);
    }
  }

  static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static List<Integer> processes(Path folder) {
    List<Integer> found = new ArrayList<>();
    for (String line : read(folder.resolve("cgroup.procs")).orElse("").split("\n")) {
      if (!line.isBlank()) {
        found.add(Integer.valueOf(line.strip()));
      }
    }
    return found;
  }

  /// @param file with a line `oom_kill N`
  static boolean oomKilled(Path file) {
    return read(file)
        .orElse("")
        .lines()
        .anyMatch(it -> it.startsWith("oom_kill ") && !it.equals("oom_kill 0"));
  }

  static List<String> children(Path folder) {
    List<String> names = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
      entries.forEach(it -> names.add(String.valueOf(it.getFileName())));
    } catch (IOException e) {
      return List.of(); // it is not there
    }
    return names;
  }

  /// Makes the folder and those above it, which another container's end may take away meanwhile.
  static void make(Path folder) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        Files.createDirectories(folder);
        return;
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        if (attempt > 200) {
          throw e;
        }
      }
    }
  }

  /// Removes a folder in which there is neither a group nor a process; one in use is its last
  /// user's to remove.
  ///
  /// @return whether it is gone
  static boolean removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }

  /// Removes the folder and the groups that the container made in it. The kernel needs a moment
  /// after the last process is gone.
  static void remove(Path folder) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        Files.deleteIfExists(folder);
        return;
      } catch (DirectoryNotEmptyException e) {
        removeChildren(folder, e, attempt);
      } catch (NoSuchFileException e) {
        return;
      } catch (FileSystemException e) {
        removeChildren(folder, e, attempt);
      }
    }
  }

  private static void removeChildren(Path folder, FileSystemException cause, int attempt)
      throws IOException {
    if (attempt > 200) {
      throw cause;
    }
    try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path child : entries) {
        remove(child);
      }
    }
    pause();
  }

  static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
  }
}
