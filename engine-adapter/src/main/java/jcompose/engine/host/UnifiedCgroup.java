package jcompose.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A group of the v2 hierarchy.
final class UnifiedCgroup implements Cgroup {
  private static final Logger LOG = LoggerFactory.getLogger(UnifiedCgroup.class);
  private static final List<String> CONTROLLERS = List.of("cpuset", "cpu", "io", "memory", "pids");

  private final Path mount;
  private final Path folder;

  UnifiedCgroup(Path mount, String relative) {
    this.mount = mount;
    this.folder = mount.resolve(relative);
  }

  @Override
  public void create() throws IOException {
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

  /// A controller works in a group only when its parent hands it down. One that the kernel refuses
  /// is missed where a limit needs it: see [#set].
  private static void enableControllers(Path parent) {
    List<String> available = words(parent, "cgroup.controllers");
    List<String> enabled = words(parent, "cgroup.subtree_control");
    List<String> wanted =
        CONTROLLERS.stream()
            .filter(it -> available.contains(it) && !enabled.contains(it))
            .map(it -> "+" + it)
            .toList();
    if (wanted.isEmpty() || handDown(parent, String.join(" ", wanted))) {
      return;
    }
    wanted.forEach(it -> handDown(parent, it));
  }

  private static boolean handDown(Path parent, String controllers) {
    try {
      CgroupFiles.write(parent.resolve("cgroup.subtree_control"), controllers);
      return true;
    } catch (IOException e) {
      LOG.debug("{}", e.getMessage());
      return false;
    }
  }

  private static List<String> words(Path folder, String file) {
    return List.of(CgroupFiles.read(folder.resolve(file)).orElse("").split(" "));
  }

  @Override
  public List<Path> joinFolders() {
    return List.of();
  }

  @Override
  public List<Path> foldersOf(int pid) {
    return CgroupFiles.read(Path.of("/proc/" + pid + "/cgroup"))
        .orElse("")
        .lines()
        .filter(it -> it.startsWith("0::/"))
        .map(it -> mount.resolve(it.substring(4)))
        .filter(it -> it.startsWith(folder))
        .findFirst()
        .map(List::of)
        .orElse(List.of(folder));
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
      if (Files.exists(file)) {
        CgroupFiles.write(file, setting.value());
      } else if (setting.required()) {
        throw new IOException(refusal(setting));
      }
    }
  }

  /// The kernel hands no controller down from a group with processes in it, as the root of a
  /// container that the engine itself runs in.
  private String refusal(CgroupSetting setting) {
    Path parent = folder.resolveSibling(".").normalize();
    return "cannot write %s to %s: %s has only the controllers [%s]; processes in %s or above may keep it from handing more down: move them to a group of their own"
        .formatted(
            setting.value(),
            folder.resolve(setting.file()),
            parent,
            String.join(" ", words(parent, "cgroup.subtree_control")),
            parent);
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
