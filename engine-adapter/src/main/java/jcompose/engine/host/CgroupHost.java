package jcompose.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How this host's control groups are mounted: v2 alone, or v1 hierarchies with or without a v2 one
/// beside them.
///
/// @param controllers v1 controller to mount point; empty on a v2 host
/// @param unified mount points of cgroup2, at most one
/// @param named mount point of the v1 hierarchy `name=systemd`, in which a service manager keeps
///   its services; at most one
public record CgroupHost(Map<String, Path> controllers, List<Path> unified, List<Path> named) {
  private static final List<String> USED =
      List.of("cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids");

  public CgroupHost {
    controllers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(controllers));
    unified = List.copyOf(unified);
    named = List.copyOf(named);
  }

  /// @throws IOException when neither kind is mounted
  public static CgroupHost detect() throws IOException {
    return parse(Files.readAllLines(Path.of("/proc/self/mountinfo")));
  }

  /// Reads the lines of /proc/self/mountinfo; see proc(5).
  static CgroupHost parse(List<String> mountinfo) throws IOException {
    Map<String, Path> controllers = new LinkedHashMap<>();
    List<Path> unified = new java.util.ArrayList<>();
    List<Path> named = new java.util.ArrayList<>();
    for (String line : mountinfo) {
      String[] fields = line.split(" ");
      int dash = List.of(fields).indexOf("-");
      if (dash < 0 || fields.length < dash + 4 || !fields[3].equals("/")) {
        continue; // a bind of a part of a hierarchy is of no use
      }
      Path point = Path.of(fields[4]);
      if (fields[dash + 1].equals("cgroup2")) {
        if (unified.isEmpty()) {
          unified.add(point);
        }
      } else if (fields[dash + 1].equals("cgroup")) {
        for (String option : fields[dash + 3].split(",")) {
          if (USED.contains(option)) {
            controllers.putIfAbsent(option, point);
          } else if (option.equals("name=systemd") && named.isEmpty()) {
            named.add(point);
          }
        }
      }
    }
    if (controllers.isEmpty() && unified.isEmpty()) {
      throw new IOException("no cgroup file system is mounted; mount cgroup2 on /sys/fs/cgroup");
    }
    return new CgroupHost(controllers, unified, named);
  }

  public boolean isUnified() {
    return controllers.isEmpty();
  }

  /// A group, below the engine's own, for processes that must outlive the daemon.
  public OutlivingGroup outliving(String path) {
    List<Path> folders = new java.util.ArrayList<>();
    unified.forEach(it -> folders.add(it.resolve(path.substring(1))));
    named.forEach(it -> folders.add(it.resolve(path.substring(1))));
    return new OutlivingGroup(folders);
  }

  /// The group with this path, such as `/jcompose/1a2b…`; nothing is made yet.
  public Cgroup group(String path) {
    if (!path.startsWith("/") || List.of(path.split("/")).contains("..")) {
      throw new IllegalArgumentException("not an absolute cgroup path: " + path);
    }
    String relative = path.substring(1);
    return isUnified()
        ? new UnifiedCgroup(unified.getFirst(), relative)
        : new SplitCgroup(this, relative);
  }
}
