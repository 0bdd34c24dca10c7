package jcompose.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// A group with a folder in each v1 hierarchy, and, on a hybrid host, one in the v2 hierarchy for
/// freezing and killing.
final class SplitCgroup implements Cgroup {
  private static final ReentrantLock FILLING_CPUSETS = new ReentrantLock();

  private final CgroupHost host;
  private final String relative;

  SplitCgroup(CgroupHost host, String relative) {
    this.host = host;
    this.relative = relative;
  }

  /// Each folder once: `cpu` and `cpuacct` may be one hierarchy.
  private Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>();
    host.controllers()
        .forEach(
            (controller, mount) -> {
              if (!controller.equals("freezer") || host.unified().isEmpty()) {
                folders.add(mount.resolve(relative));
              }
            });
    return folders;
  }

  private Path folder(String controller) throws IOException {
    Path mount = host.controllers().get(controller);
    if (mount == null) {
      throw new IOException("this host's kernel has no cgroup controller " + controller);
    }
    return mount.resolve(relative);
  }

  private Optional<Path> v2() {
    return host.unified().stream().findFirst().map(mount -> mount.resolve(relative));
  }

  @Override
  public void create() throws IOException {
    for (Path folder : folders()) {
      CgroupFiles.make(folder);
    }
    Path cpuset = host.controllers().get("cpuset");
    if (cpuset != null) {
      fillCpusets(cpuset);
    }
    if (v2().isPresent()) {
      CgroupFiles.make(v2().get());
    }
  }

  @Override
  public boolean exists() {
    return listing().filter(Files::isDirectory).isPresent();
  }

  @Override
  public List<String> children() {
    return listing().map(CgroupFiles::children).orElse(List.of());
  }

  /// No process can join a cpuset before it has processors and memory nodes, and a new one has
  /// none.
  private void fillCpusets(Path mount) throws IOException {
    FILLING_CPUSETS.lock();
    try {
      Path parent = mount;
      for (Path part : Path.of(relative)) {
        Path at = parent.resolve(part);
        for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
          if (CgroupFiles.read(at.resolve(file)).orElse("-").isEmpty()) {
            CgroupFiles.write(at.resolve(file), CgroupFiles.read(parent.resolve(file)).orElse(""));
          }
        }
        parent = at;
      }
    } finally {
      FILLING_CPUSETS.unlock();
    }
  }

  @Override
  public List<Path> joinFolders() {
    return List.copyOf(folders());
  }

  @Override
  public List<Path> foldersOf(int pid) {
    return joinFolders();
  }

  @Override
  public Optional<Path> birthFolder() {
    return v2();
  }

  @Override
  public Map<String, Path> views() {
    Map<String, Path> views = new LinkedHashMap<>();
    host.controllers()
        .values()
        .forEach(
            mount -> {
              Path folder = mount.resolve(relative);
              if (folders().contains(folder)) {
                views.put(mount.getFileName().toString(), folder);
              }
            });
    return views;
  }

  @Override
  public boolean unified() {
    return false;
  }

  @Override
  public void set(List<CgroupSetting> settings) throws IOException {
    List<CgroupSetting> refused = new ArrayList<>();
    for (CgroupSetting setting : settings) {
      try {
        set(setting);
      } catch (IOException e) {
        refused.add(setting);
      }
    }
    // a limit of memory and one of memory with swap hold each other: which goes first depends on
    // whether they grow or shrink
    for (CgroupSetting setting : refused) {
      set(setting);
    }
  }

  private void set(CgroupSetting setting) throws IOException {
    if (!setting.required() && !host.controllers().containsKey(setting.controller())) {
      return;
    }
    Path file = folder(setting.controller()).resolve(setting.file());
    if (setting.required() || Files.exists(file)) {
      CgroupFiles.write(file, setting.value());
    }
  }

  @Override
  public void allowOnly(List<DeviceRule> rules) throws IOException {
    Path folder = folder("devices");
    CgroupFiles.write(folder.resolve("devices.deny"), "a");
    for (DeviceRule rule : rules) {
      CgroupFiles.write(folder.resolve("devices.allow"), rule.toString());
    }
  }

  @Override
  public Optional<String> read(String controller, String file) {
    Path mount = host.controllers().get(controller);
    return mount == null
        ? Optional.empty()
        : CgroupFiles.read(mount.resolve(relative).resolve(file));
  }

  @Override
  public boolean oomKilled() {
    Path mount = host.controllers().get("memory");
    return mount != null
        && CgroupFiles.oomKilled(mount.resolve(relative).resolve("memory.oom_control"));
  }

  @Override
  public void freeze() throws IOException {
    if (v2().isPresent()) {
      V2Control.freeze(v2().get());
      return;
    }
    Path state = folder("freezer").resolve("freezer.state");
    for (int i = 0; i < 2500; i++) {
      CgroupFiles.write(state, "FROZEN"); // again: a process forked meanwhile holds it at FREEZING
      if (CgroupFiles.read(state).orElse("").equals("FROZEN")) {
        return;
      }
      CgroupFiles.pause();
    }
    CgroupFiles.write(state, "THAWED");
    throw new IOException(
        "the processes in " + state + " could not be stopped within five seconds");
  }

  @Override
  public void thaw() throws IOException {
    if (v2().isPresent()) {
      V2Control.thaw(v2().get());
    } else {
      CgroupFiles.write(folder("freezer").resolve("freezer.state"), "THAWED");
    }
  }

  @Override
  public boolean frozen() {
    return v2().map(V2Control::frozen)
        .orElseGet(() -> !read("freezer", "freezer.state").orElse("THAWED").equals("THAWED"));
  }

  private Optional<Path> listing() {
    return v2().or(() -> folders().stream().findFirst());
  }

  @Override
  public List<Integer> processes() {
    return listing().map(V2Control::processes).orElse(List.of());
  }

  @Override
  public void kill() throws IOException {
    if (frozen()) {
      thaw();
    }
    if (listing().isPresent()) {
      V2Control.kill(listing().get());
    }
  }

  @Override
  public void remove() throws IOException {
    List<IOException> failures = new ArrayList<>();
    List<Path> all = new ArrayList<>(folders());
    v2().ifPresent(all::add);
    for (Path folder : all) {
      try {
        CgroupFiles.remove(folder);
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  @Override
  public void removeIfEmpty() {
    folders().forEach(CgroupFiles::removeIfEmpty);
    v2().ifPresent(CgroupFiles::removeIfEmpty);
  }
}
