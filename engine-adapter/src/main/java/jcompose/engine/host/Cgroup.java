package jcompose.engine.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container's control group: one folder in the unified hierarchy, or one in each of the v1
/// hierarchies. See cgroups(7) and the kernel's cgroup-v2 and cgroup-v1 documents.
public interface Cgroup {
  /// Makes the folders; those that are there stay.
  void create() throws IOException;

  boolean exists();

  /// Names of the groups in it; none when it is not there.
  List<String> children();

  /// Folders whose `cgroup.procs` a process must write itself into.
  List<Path> joinFolders();

  /// Folders to join for one more process beside this one of the group, which may have made groups
  /// of its own in there: on v2 none can then be in the group itself.
  List<Path> foldersOf(int pid);

  /// The folder of the unified hierarchy a process can be born in, which is quicker than to join
  /// it.
  Optional<Path> birthFolder();

  /// Where to bind each folder in the container's /sys/fs/cgroup: name below it (empty for the
  /// whole) to folder.
  Map<String, Path> views();

  boolean unified();

  /// Writes the values in order.
  ///
  /// @throws IOException when one that is required cannot be set; names the file and the value
  void set(List<CgroupSetting> settings) throws IOException;

  /// Forbids all devices but these.
  void allowOnly(List<DeviceRule> rules) throws IOException;

  /// Reads a file of the group, or of its controller's folder on v1; absent when there is none.
  Optional<String> read(String controller, String file);

  /// Whether the kernel has killed a process of it for want of memory.
  boolean oomKilled();

  /// Stops all processes; returns once they stand still.
  void freeze() throws IOException;

  void thaw() throws IOException;

  boolean frozen();

  List<Integer> processes();

  /// Kills all processes, and what they start meanwhile.
  void kill() throws IOException;

  /// Removes the folders; there must be no process in them. Nothing happens when they are gone.
  void remove() throws IOException;

  /// Removes the folders in which there is neither a group nor a process.
  void removeIfEmpty();
}
