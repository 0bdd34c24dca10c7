package jcompose.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jcompose.engine.host.files.FileCalls;

/// Counts what a file tree takes.
final class TreeUsage {
  private final FileCalls calls;
  private final Set<List<Long>> linked = new HashSet<>();
  private long bytes;
  private long inodes;

  private TreeUsage(FileCalls calls) {
    this.calls = calls;
  }

  static Usage of(Path folder) throws IOException {
    try (var calls = new FileCalls()) {
      var usage = new TreeUsage(calls);
      usage.add(FileCalls.CURRENT_FOLDER, FileCalls.bytes(folder.toString()));
      return new Usage(usage.bytes, usage.inodes);
    }
  }

  private void add(int folder, String name) throws IOException {
    var status = calls.statusOrNull(folder, name);
    if (status == null) {
      return; // removed meanwhile
    }
    if (status.isDirectory()) {
      inodes++;
      int opened = calls.open(folder, name, FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW, 0);
      if (opened >= 0) {
        try {
          for (String child : calls.list(opened)) {
            add(opened, child);
          }
        } finally {
          calls.close(opened);
        }
      }
    } else if (status.links() == 1 || linked.add(List.of(status.device(), status.inode()))) {
      inodes++;
      bytes += status.size();
    }
  }
}
