package jcompose.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A group of the v2 hierarchy.
final class UnifiedCgroup implements Cgroup {
  private static final List<String> CONTROLLERS = List.of("cpuset", "cpu", "io", "memory", "pids");

  private final Path mount;
  private final Path folder;

  UnifiedCgroup(Path mount, String relative) {
    this.mount = mount;
    this.folder = mount.resolve(relative);
  }

  @Override
  public void create() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    CgroupFiles.make(folder);
    Path at = mount;
    for (Path part : mount.relativize(folder)) {
      enableControllers(at);
      at = at.resolve(part);
    }
  }

  @Override
  public boolean exists() {
    return Files.isDirectory(folder);
  }

  @Override
  public List<String> children() {
    return CgroupFiles.children(folder);
  }

  /// A controller works in a group only when its parent hands it down.
  private static void enableControllers(Path parent) throws IOException {
    List<String> available =
        List.of(CgroupFiles.read(parent.resolve("cgroup.controllers")).orElse("").split(" "));
    List<String> enabled =
        List.of(CgroupFiles.read(parent.resolve("cgroup.subtree_control")).orElse("").split(" "));
    for (String controller : CONTROLLERS) {
      if (available.contains(controller) && !enabled.contains(controller)) {
        CgroupFiles.write(parent.resolve("cgroup.subtree_control"), "+" + controller);
      }
    }
  }

  @Override
  public List<Path> joinFolders() {
    return List.of();
  }

  @Override
  public Optional<Path> birthFolder() {
    return Optional.of(folder);
  }

  @Override
  public Map<String, Path> views() {
    return Map.of("", folder);
  }

  @Override
  public boolean unified() {
    return true;
  }

  @Override
  public void set(List<CgroupSetting> settings) throws IOException {
    for (CgroupSetting setting : settings) {
      Path file = folder.resolve(setting.file());
      if (setting.required() || Files.exists(file)) {
        CgroupFiles.write(file, setting.value());
      }
    }
  }

  @Override
  public void allowOnly(List<DeviceRule> rules) throws IOException {
    DeviceProgram.attach(folder, rules);
  }

  @Override
  public Optional<String> read(String controller, String file) {
    return CgroupFiles.read(folder.resolve(file));
  }

  @Override
  public boolean oomKilled() {
    return CgroupFiles.oomKilled(folder.resolve("memory.events"));
  }

  @Override
  public void freeze() throws IOException {
    V2Control.freeze(folder);
  }

  @Override
  public void thaw() throws IOException {
    V2Control.thaw(folder);
  }

  @Override
  public boolean frozen() {
    return V2Control.frozen(folder);
  }

  @Override
  public List<Integer> processes() {
    return V2Control.processes(folder);
  }

  @Override
  public void kill() throws IOException {
    V2Control.kill(folder);
  }

  @Override
  public void remove() throws IOException {
    CgroupFiles.remove(folder);
  }

  @Override
  public void removeIfEmpty() {
    CgroupFiles.removeIfEmpty(folder);
  }
}
