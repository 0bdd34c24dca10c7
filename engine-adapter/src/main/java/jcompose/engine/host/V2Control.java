package jcompose.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What every v2 group can do without a controller: freeze, kill, list. A hybrid host has it too.
final class V2Control {
  private V2Control() {}

  static void freeze(Path folder) throws IOException {
    CgroupFiles.write(folder.resolve("cgroup.freeze"), "1");
    for (int i = 0; i < 2500; i++) {
      if (CgroupFiles.read(folder.resolve("cgroup.events")).orElse("").contains("frozen 1")) {
        return;
      }
      CgroupFiles.pause();
    }
    thaw(folder);
    throw new IOException(
        "the processes in " + folder + " could not be stopped within five seconds");
  }

  static void thaw(Path folder) throws IOException {
    CgroupFiles.write(folder.resolve("cgroup.freeze"), "0");
  }

  static boolean frozen(Path folder) {
    return CgroupFiles.read(folder.resolve("cgroup.freeze")).orElse("0").equals("1");
  }

  static List<Integer> processes(Path folder) {
    List<Integer> found = new ArrayList<>(CgroupFiles.processes(folder));
    try (var children = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path child : children) {
        found.addAll(processes(child));
      }
    } catch (IOException e) {
      return found; // the group is gone, and with it its processes
    }
    return found;
  }

  static void kill(Path folder) throws IOException {
    Path kill = folder.resolve("cgroup.kill");
    for (int i = 0; i < 2500; i++) {
      List<Integer> processes = processes(folder);
      if (processes.isEmpty()) {
        return;
      }
      if (i % 50 == 0) {
        if (Files.exists(kill)) {
          CgroupFiles.write(kill, "1");
        } else {
          processes.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
      }
      CgroupFiles.pause();
    }
    throw new IOException(
        "the processes in " + folder + " did not end within five seconds of SIGKILL");
  }
}
