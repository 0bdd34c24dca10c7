package jcompose.engine.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Where processes are that must outlive the daemon: a service manager that stops or restarts it
/// kills whatever is in its service's own control group. On a v2 host it is a leaf beside the
/// containers' groups, since a group that hands controllers down may hold no process.
///
/// @param folders one in each hierarchy that a service manager looks at
public record OutlivingGroup(List<Path> folders) {
  private static final int REMOVE_TRIES = 250;

  public OutlivingGroup {
    folders = List.copyOf(folders);
  }

  /// Moves a process there; those it starts from now on are born there.
  ///
  /// @throws IOException when a hierarchy refuses; the process may then be in some of them
  public void take(long pid) throws IOException {
    for (Path folder : folders) {
      CgroupFiles.make(folder);
      CgroupFiles.write(folder.resolve("cgroup.procs"), Long.toString(pid));
    }
  }

  /// Removes the folders and those of the engine above them once they are empty: gives processes
  /// that are ending half a second.
  public void removeWhenEmpty() {
    for (Path folder : folders) {
      for (int tries = 0; tries < REMOVE_TRIES && !CgroupFiles.removeIfEmpty(folder); tries++) {
        CgroupFiles.pause();
      }
      CgroupFiles.removeIfEmpty(folder.resolveSibling(".").normalize());
    }
  }
}
