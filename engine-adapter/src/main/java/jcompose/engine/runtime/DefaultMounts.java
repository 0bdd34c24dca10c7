package jcompose.engine.runtime;

import static jcompose.engine.runtime.MountFlags.NO_DEVICES;
import static jcompose.engine.runtime.MountFlags.NO_EXECUTION;
import static jcompose.engine.runtime.MountFlags.NO_SET_USER_ID;
import static jcompose.engine.runtime.MountFlags.READ_ONLY;
import static jcompose.engine.runtime.MountFlags.STRICT_ACCESS_TIMES;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What every container has below /proc, /sys and /dev, as Docker has it.
final class DefaultMounts {
  private static final long CAREFUL = NO_SET_USER_ID | NO_DEVICES | NO_EXECUTION;

  static final List<String> MASKED =
      List.of(
          "/proc/asound",
          "/proc/acpi",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");
  static final List<String> READ_ONLY_PATHS =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private final RuntimeSpec spec;
  private final Predicate<String> replaced;

  /// @param replaced whether the container's own mounts have something at this target
  DefaultMounts(RuntimeSpec spec, Predicate<String> replaced) {
    this.spec = spec;
    this.replaced = replaced;
  }

  List<SetupStep> steps(
      Map<String, Path> cgroups, boolean unifiedCgroup, List<SetupStep> deviceNodes) {
    boolean privileged = spec.isolation().privileged();
    List<SetupStep> steps = new ArrayList<>();
    mount(steps, "proc", "/proc", CAREFUL);
    if (!replaced.test("/dev")) {
      mount(
          steps, "tmpfs", "/dev", NO_SET_USER_ID | STRICT_ACCESS_TIMES, "mode=755", "size=65536k");
      steps.addAll(deviceNodes);
      if (KERNEL_MEMORY) {
        steps.add(SetupStep.of("link", "/proc/kcore", "/dev/core"));
      }
      for (Map.Entry<String, String> link : LINKS.entrySet()) {
        steps.add(SetupStep.of("link", link.getValue(), link.getKey()));
      }
    }
    mount(
        steps,
        "devpts",
        "/dev/pts",
        NO_SET_USER_ID | NO_EXECUTION,
        "newinstance",
        "ptmxmode=0666",
        "mode=0620",
        "gid=5");
    if (privileged) {
      mount(steps, "sysfs", "/sys", CAREFUL);
    } else {
      mount(steps, "sysfs", "/sys", CAREFUL | READ_ONLY, "ro");
    }
    if (!replaced.test("/sys/fs/cgroup")) {
      cgroups(steps, cgroups, unifiedCgroup, privileged ? 0 : READ_ONLY);
    }
    mount(steps, "mqueue", "/dev/mqueue", CAREFUL);
    sharedMemory(steps);
    return steps;
  }

  private static final boolean KERNEL_MEMORY = Files.exists(Path.of("/proc/kcore"));
  private static final Map<String, String> LINKS =
      new TreeMap<>(
          Map.of(
              "/dev/fd", "/proc/self/fd",
              "/dev/stdin", "/proc/self/fd/0",
              "/dev/stdout", "/proc/self/fd/1",
              "/dev/stderr", "/proc/self/fd/2",
              "/dev/ptmx", "pts/ptmx"));

  private void mount(
      List<SetupStep> steps, String type, String target, long attributes, String... options) {
    if (replaced.test(target)) {
      return;
    }
    steps.add(MountSteps.fileSystem(type, target, attributes, List.of(options)));
  }

  private void cgroups(
      List<SetupStep> steps, Map<String, Path> views, boolean unified, long readOnly) {
    if (!unified) {
      steps.add(MountSteps.fileSystem("tmpfs", "/sys/fs/cgroup", CAREFUL, List.of("mode=755")));
    }
    new TreeMap<>(views)
        .forEach(
            (name, folder) ->
                steps.add(
                    SetupStep.of(
                        "bind",
                        folder,
                        name.isEmpty() ? "/sys/fs/cgroup" : "/sys/fs/cgroup/" + name,
                        0,
                        CAREFUL | readOnly,
                        0,
                        MountFlags.PRIVATE)));
    if (!unified && readOnly != 0) {
      steps.add(SetupStep.of("read-only", "/sys/fs/cgroup"));
    }
  }

  private void sharedMemory(List<SetupStep> steps) {
    if (replaced.test("/dev/shm")
        || spec.isolation().ipcMode().filter("none"::equals).isPresent()) {
      return;
    }
    switch (spec.namespaces().ipc()) {
      case Namespaces.Source.Host() -> {
        steps.add(SetupStep.of("bind", "/dev/shm", "/dev/shm", 0, CAREFUL, 0, MountFlags.PRIVATE));
        return;
      }
      case Namespaces.Source.OfProcess(int pid) -> {
        steps.add(SetupStep.of("share", "/proc/" + pid + "/ns/mnt", "/dev/shm"));
        return;
      }
      case Namespaces.Source.Own() -> {}
    }
    long size = spec.isolation().shmSizeBytes().filter(bytes -> bytes > 0).orElse(64L << 20);
    mount(steps, "tmpfs", "/dev/shm", CAREFUL, "source=shm", "mode=1777", "size=" + size);
  }
}
