package jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.engine.host.Cgroup;

/// Compiles what a container is to be into the steps that make it so. Pure: asks nothing of the
/// host.
///
/// There are two lists. The first builds the namespaces' content and can run while the network is
/// wired; the second makes the process what it is to be and executes, and needs the user looked up
/// in the tree the first has mounted.
final class StepCompiler {
  private final RuntimeSpec spec;
  private final Isolation isolation;

  StepCompiler(RuntimeSpec spec, Isolation isolation) {
    this.spec = spec;
    this.isolation = isolation;
  }

  /// The CLONE_NEW… flags of the first process.
  long cloneFlags() {
    Namespaces namespaces = spec.namespaces();
    return CloneFlags.NEWNS
        | flag(namespaces.pid(), CloneFlags.NEWPID)
        | flag(namespaces.ipc(), CloneFlags.NEWIPC)
        | flag(namespaces.net(), CloneFlags.NEWNET)
        | flag(namespaces.uts(), CloneFlags.NEWUTS);
  }

  private static long flag(Namespaces.Source source, long flag) {
    return source instanceof Namespaces.Source.Own ? flag : 0;
  }

  /// The PID namespace's file to enter before the first process is cloned, or empty.
  String pidNamespace() {
    return spec.namespaces().pid() instanceof Namespaces.Source.OfProcess(int pid)
        ? "/proc/" + pid + "/ns/pid"
        : "";
  }

  /// @param staging an empty folder of the host the root is mounted on, out of everyone's sight
  /// @param skeleton holds the mount points an image may lack
  List<SetupStep> setUp(Cgroup cgroup, Path staging, Path skeleton) {
    List<SetupStep> steps = new ArrayList<>();
    cgroup.joinFolders().forEach(folder -> steps.add(SetupStep.joinCgroup(folder)));
    join(steps, spec.namespaces().ipc(), "ipc", CloneFlags.NEWIPC);
    join(steps, spec.namespaces().uts(), "uts", CloneFlags.NEWUTS);
    join(steps, spec.namespaces().net(), "net", CloneFlags.NEWNET);
    join(steps, spec.namespaces().cgroup(), "cgroup", CloneFlags.NEWCGROUP);
    if (spec.namespaces().cgroup() instanceof Namespaces.Source.Own) {
      steps.add(SetupStep.of("unshare", CloneFlags.NEWCGROUP));
    }
    steps.addAll(ProcessSteps.keyring(Bundle.keyring(spec.id().value())));
    steps.add(isolation.oomScore());
    isolation
        .sysctls()
        .forEach(
            (name, value) ->
                steps.add(SetupStep.of("write", "/proc/sys/" + name.replace('.', '/'), value)));
    if (spec.namespaces().uts() instanceof Namespaces.Source.Own) {
      steps.add(SetupStep.of("write", "/proc/sys/kernel/hostname", spec.hostname()));
      if (!spec.domainname().isEmpty()) {
        steps.add(SetupStep.of("write", "/proc/sys/kernel/domainname", spec.domainname()));
      }
    }
    mounts(steps, cgroup, staging, skeleton);
    return steps;
  }

  private static void join(
      List<SetupStep> steps, Namespaces.Source source, String kind, long flag) {
    if (source instanceof Namespaces.Source.OfProcess(int pid)) {
      steps.add(SetupStep.of("join-namespace", "/proc/" + pid + "/ns/" + kind, flag));
    }
  }

  private void mounts(List<SetupStep> steps, Cgroup cgroup, Path staging, Path skeleton) {
    // what the host mounts and unmounts from now on still reaches us until the pivot; nothing of
    // ours reaches it
    steps.add(SetupStep.of("host-mount", "", "/", "", MountFlags.SLAVE | MountFlags.RECURSIVE, ""));
    steps.add(SetupStep.of("chdir", spec.root().base()));
    steps.add(
        SetupStep.of(
            "host-mount",
            "overlay",
            staging,
            "overlay",
            0,
            spec.root().above(skeleton).mountOptions()));
    steps.add(SetupStep.of("root", staging));
    List<RuntimeMount> mounts = new ArrayList<>(spec.mounts());
    spec.isolation()
        .tmpfs()
        .forEach(
            (target, options) -> mounts.add(new RuntimeMount.Tmpfs(target, Optional.of(options))));
    mounts.sort(
        Comparator.comparingInt(mount -> Path.of(mount.target()).normalize().getNameCount()));
    Set<String> targets = new HashSet<>();
    mounts.forEach(mount -> targets.add(Path.of(mount.target()).normalize().toString()));
    steps.addAll(
        new DefaultMounts(spec, targets::contains)
            .steps(cgroup.views(), cgroup.unified(), isolation.deviceNodes()));
    mounts.forEach(mount -> steps.addAll(MountSteps.of(mount, staging)));
    steps.add(SetupStep.of("directory", spec.process().workingDirectory(), 0755));
    isolation.readOnlyPaths().forEach(path -> steps.add(SetupStep.of("read-only", path)));
    isolation.maskedPaths().forEach(path -> steps.add(SetupStep.of("mask", path)));
    if (spec.isolation().readOnlyRoot()) {
      steps.add(MountSteps.readOnly(staging));
    }
    steps.addAll(MountSteps.pivot(staging));
    if (spec.process().tty()) {
      TerminalSize size = spec.process().terminalSize().orElse(new TerminalSize(0, 0));
      steps.add(SetupStep.of("terminal", size.rows(), size.columns(), "/dev/console"));
    }
  }

  /// The second list.
  List<SetupStep> start(ResolvedUser user) {
    RuntimeProcess process = spec.process();
    List<String> arguments = new ArrayList<>(process.arguments());
    if (isolation.init()) {
      arguments.addAll(0, List.of("/sbin/docker-init", "--"));
    }
    return isolation.become(
        user,
        isolation.capabilities(),
        isolation.seccomp(),
        process.workingDirectory(),
        process.environment(),
        arguments);
  }
}
