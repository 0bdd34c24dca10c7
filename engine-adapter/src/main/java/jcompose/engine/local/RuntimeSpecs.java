package jcompose.engine.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.IsolationSpec;
import jcompose.engine.runtime.Namespaces;
import jcompose.engine.runtime.Namespaces.Source;
import jcompose.engine.runtime.RunningContainer;
import jcompose.engine.runtime.RuntimeMount;
import jcompose.engine.runtime.RuntimeProcess;
import jcompose.engine.runtime.RuntimeSpec;
import jcompose.engine.runtime.TerminalSize;
import jcompose.engine.snapshot.OverlayLayout;

/// Puts together what the runtime needs to run a container once.
final class RuntimeSpecs {
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final boolean CGROUP_V2 =
      Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));

  private RuntimeSpecs() {}

  /// @param linked variables that tell of linked containers
  /// @param others finds the running process of another container, for `container:ID` modes
  static RuntimeSpec of(
      ContainerRecord record,
      List<String> linked,
      OverlayLayout layout,
      List<RuntimeMount> mounts,
      Path log,
      Function<String, RunningContainer> others) {
    var spec = record.spec();
    IsolationSpec isolation = spec.isolation();
    LogAttributes.of(record); // a bad tag is found at the start, as dockerd does
    boolean hostUts = isolation.utsMode().filter(it -> it.equals("host")).isPresent();
    return new RuntimeSpec(
        record.id(),
        layout,
        process(record, linked),
        mounts,
        namespaces(isolation, others),
        hostUts ? "" : hostname(record),
        isolation.domainname().orElse(""),
        isolation,
        spec.limits(),
        LogOptions.output(spec.logging(), log));
  }

  static String hostname(ContainerRecord record) {
    var isolation = record.spec().isolation();
    Optional<String> mode = isolation.networkMode();
    if (isolation.hostname().isEmpty() && mode.filter(it -> it.equals("host")).isPresent()) {
      return hostsOwnName();
    }
    return isolation.hostname().filter(it -> !it.isEmpty()).orElse(record.id().shortId());
  }

  private static String hostsOwnName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (java.io.IOException e) {
      return "localhost";
    }
  }

  private static RuntimeProcess process(ContainerRecord record, List<String> linked) {
    MergedConfig merged = record.merged();
    var asked = record.spec().process();
    List<Integer> size = record.options().consoleSize();
    boolean sized = size.size() == 2 && size.get(0) > 0 && size.get(1) > 0;
    return new RuntimeProcess(
        merged.arguments(),
        environment(record, linked),
        merged.workingDirectory().isEmpty() ? "/" : merged.workingDirectory(),
        merged.user(),
        asked.tty(),
        asked.openStdin(),
        asked.stdinOnce(),
        sized ? Optional.of(new TerminalSize(size.get(0), size.get(1))) : Optional.empty());
  }

  /// Docker's own entries and those of links first, replaced in place by those of image and user.
  static List<String> environment(ContainerRecord record, List<String> linked) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("PATH", PATH);
    entries.put("HOSTNAME", "HOSTNAME=" + hostname(record));
    if (record.spec().process().tty()) {
      entries.put("TERM", "TERM=xterm");
    }
    linked.forEach(it -> entries.put(MergedConfig.nameOf(it), it));
    record.merged().environment().forEach(it -> entries.put(MergedConfig.nameOf(it), it));
    return List.copyOf(entries.values());
  }

  private static Namespaces namespaces(
      IsolationSpec isolation, Function<String, RunningContainer> others) {
    String cgroup = isolation.cgroupnsMode().filter(it -> !it.isEmpty()).orElse("");
    boolean hostCgroup =
        cgroup.isEmpty() ? !CGROUP_V2 || isolation.privileged() : cgroup.equals("host");
    return new Namespaces(
        source("PID", isolation.pidMode(), others),
        source("IPC", isolation.ipcMode(), others),
        source("network", isolation.networkMode(), others),
        source("UTS", isolation.utsMode(), others),
        hostCgroup ? Source.HOST : Source.OWN);
  }

  private static Source source(
      String kind, Optional<String> mode, Function<String, RunningContainer> others) {
    String word = mode.orElse("");
    if (word.equals("host")) {
      return Source.HOST;
    }
    if (word.startsWith("container:")) {
      return new Source.OfProcess(others.apply(word.substring("container:".length())).pid());
    }
    if (word.startsWith("ns:")) {
      throw new EngineException.Unsupported(kind + " mode " + word + " is not supported");
    }
    return Source.OWN;
  }

  /// What the engine mounts beside the user's mounts.
  static List<RuntimeMount> nameFiles(ContainerRecord record, RecordFiles files) {
    var mounts = new ArrayList<RuntimeMount>();
    boolean readOnly = record.spec().isolation().readOnlyRoot();
    var id = record.id();
    mounts.add(RuntimeMount.Bind.of(files.resolvConf(id), "/etc/resolv.conf", readOnly));
    mounts.add(RuntimeMount.Bind.of(files.hostname(id), "/etc/hostname", readOnly));
    mounts.add(RuntimeMount.Bind.of(files.hosts(id), "/etc/hosts", readOnly));
    return mounts;
  }
}
