package jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.engine.host.Cgroup;
import jcompose.engine.host.CgroupSetting;
import jcompose.engine.host.DeviceRule;

/// A v2 control group that is only a name.
final class UnifiedGroup implements Cgroup {
  private static final Path FOLDER = Path.of("/sys/fs/cgroup/jcompose/x");

  @Override
  public void create() {}

  @Override
  public boolean exists() {
    return false;
  }

  @Override
  public List<String> children() {
    return List.of();
  }

  @Override
  public List<Path> joinFolders() {
    return List.of();
  }

  @Override
  public List<Path> foldersOf(int pid) {
    return List.of(FOLDER);
  }

  @Override
  public Optional<Path> birthFolder() {
    return Optional.of(FOLDER);
  }

  @Override
  public Map<String, Path> views() {
    return Map.of("", FOLDER);
  }

  @Override
  public boolean unified() {
    return true;
  }

  @Override
  public void set(List<CgroupSetting> settings) {}

  @Override
  public void allowOnly(List<DeviceRule> rules) {}

  @Override
  public Optional<String> read(String controller, String file) {
    return Optional.empty();
  }

  @Override
  public boolean oomKilled() {
    return false;
  }

  @Override
  public void freeze() {}

  @Override
  public void thaw() {}

  @Override
  public boolean frozen() {
    return false;
  }

  @Override
  public List<Integer> processes() {
    return List.of();
  }

  @Override
  public void kill() {}

  @Override
  public void remove() {}

  @Override
  public void removeIfEmpty() {}
}
