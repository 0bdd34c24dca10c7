package jcompose.engine.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.engine.host.Cgroup;
import jcompose.engine.host.CgroupHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runtime on this host's kernel, with a monitor process a container.
public final class MonitorRuntime implements ContainerRuntime {
  static final String SOCKET = "monitor.sock";

  private static final int REMOVE_TRIES = 50;
  private static final Duration REMOVE_PAUSE = Duration.ofMillis(10);

  private static final Logger LOG = LoggerFactory.getLogger(MonitorRuntime.class);
  private static final String STAGING = "root";
  private static final Path MOUNTED = Path.of("/proc/mounts");

  private final Path containers;
  private final Path skeleton;
  private final String ownGroup;
  private final CgroupHost cgroups;
  private final MonitorSpawner spawner;
  private final SeccompFilters filters = new SeccompFilters();

  private MonitorRuntime(
      Path containers, Path skeleton, String ownGroup, CgroupHost cgroups, MonitorSpawner spawner) {
    this.containers = containers;
    this.skeleton = skeleton;
    this.ownGroup = ownGroup;
    this.cgroups = cgroups;
    this.spawner = spawner;
  }

  /// Opens the runtime; nothing runs yet.
  ///
  /// @param runFolder for sockets and exit files, gone after a restart of the machine; its path has
  ///   at most 50 bytes, since a socket's address is short
  /// @param dataFolder on the file system of the images' layers; gets the folder `skeleton`
  /// @param instance names the control group above those of containers that name no parent
  /// @throws IOException when the folders cannot be made or there are no control groups
  public static MonitorRuntime open(Path runFolder, Path dataFolder, String instance)
      throws IOException {
    Path containers = runFolder.resolve("c");
    Files.createDirectories(containers);
    Files.setPosixFilePermissions(runFolder, PosixFilePermissions.fromString("rwx--x--x"));
    Files.setPosixFilePermissions(containers, PosixFilePermissions.fromString("rwx------"));
    Path skeleton = dataFolder.resolve("skeleton");
    makeSkeleton(skeleton);
    CgroupHost cgroups = CgroupHost.detect();
    String ownGroup = "/" + instance;
    return new MonitorRuntime(
        containers,
        skeleton,
        ownGroup,
        cgroups,
        new MonitorSpawner(containers, cgroups.outliving(ownGroup + "/monitors")));
  }

  /// Mount points that an image may lack. As the lowest layer they show only where the image has
  /// nothing, and never in what a container has changed.
  private static void makeSkeleton(Path skeleton) throws IOException {
    for (String folder : List.of("proc", "sys", "dev/pts", "dev/shm", "etc")) {
      Files.createDirectories(skeleton.resolve(folder));
    }
    for (String name :
        List.of("dev/console", "etc/hosts", "etc/hostname", "etc/resolv.conf", ".dockerenv")) {
      Path file = skeleton.resolve(name);
      if (!Files.exists(
          file)) { // .dockerenv: programs look for it to learn that they are in a container
        Files.createFile(file);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path mounted = skeleton.resolve("etc/mtab");
    if (!Files.isSymbolicLink(mounted) || !Files.readSymbolicLink(mounted).equals(MOUNTED)) {
      Files.deleteIfExists(mounted);
      Files.createSymbolicLink(mounted, MOUNTED);
    }
  }

  /// Half of the id's digits are unique enough, and a socket's path must be short.
  private Path runFolder(ContainerId id) {
    return containers.resolve(id.value().substring(0, 32));
  }

  @Override
  public CreatedContainer create(RuntimeSpec spec) {
    Path runFolder = runFolder(spec.id());
    Isolation isolation = Isolation.of(spec, filters);
    Bundle bundle =
        new Bundle(
            spec.id().value(),
            cgroupPath(spec),
            spec.namespaces().pid() instanceof Namespaces.Source.Own,
            spec.process().user(),
            spec.process().workingDirectory(),
            isolation);
    Cgroup cgroup = cgroups.group(bundle.cgroup());
    try {
      remove(spec.id());
      Files.createDirectories(runFolder.resolve(STAGING));
      bundle.write(runFolder);
      cgroup.create();
      cgroup.set(CgroupLimits.settings(spec.limits(), cgroup.unified()));
      if (!spec.isolation().privileged()) {
        cgroup.allowOnly(
            DeviceNode.rules(isolation.devices(), spec.isolation().deviceCgroupRules()));
      }
      return create(spec, bundle, runFolder, cgroup);
    } catch (IOException e) {
      cleanUp(spec.id(), e);
      throw StartFailure.of("cannot create container " + spec.id() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      cleanUp(spec.id(), e);
      throw e;
    }
  }

  private CreatedContainer create(RuntimeSpec spec, Bundle bundle, Path runFolder, Cgroup cgroup)
      throws IOException {
    StepCompiler compiler =
        new StepCompiler(withOwnFiles(spec, bundle.isolation(), runFolder), bundle.isolation());
    List<SetupStep> steps = compiler.setUp(cgroup, runFolder.resolve(STAGING), skeleton);
    Output.LogFile log =
        spec.output() instanceof Output.LogFile file
            ? file
            : new Output.LogFile(Path.of(""), 0, 1, false);
    ControlConnection control =
        new ControlConnection(
            spawner.spawn(),
            spec.id().shortId(),
            cgroup::oomKilled,
            () -> lost(spec.id(), runFolder, cgroup));
    long nextFile = 1;
    try {
      if (spec.output() instanceof Output.LogFile) {
        TornLog.mend(log.file());
        nextFile = new LogFiles(log.file()).next();
      }
      control.send(
          MonitorMessage.of(
                  "create",
                  MonitorMessage.VERSION,
                  runFolder,
                  log.file(),
                  log.maximumBytes(),
                  log.maximumFiles(),
                  nextFile,
                  compiler.pidNamespace(),
                  cgroup.birthFolder().map(Path::toString).orElse(""),
                  compiler.cloneFlags(),
                  spec.process().tty(),
                  spec.process().openStdin(),
                  spec.process().stdinOnce())
              .with(steps));
      int pid = (int) control.awaitClone().number(1);
      if (!bundle.ownProcesses()) {
        var _ = control.exited().whenComplete((_, _) -> killRest(cgroup));
      }
      return new PreparedContainer(this, bundle, runFolder, cgroup, control, compiler, steps, pid);
    } catch (ControlConnection.StepFailed e) {
      control.close();
      throw StartFailure.steps(steps, e.message(), false);
    } catch (IOException | RuntimeException e) {
      control.close();
      throw e;
    }
  }

  /// Contents as files, and with `--init` our own program, read only.
  private RuntimeSpec withOwnFiles(RuntimeSpec spec, Isolation isolation, Path runFolder)
      throws IOException {
    List<RuntimeMount> mounts = ContentFiles.written(spec.mounts(), runFolder);
    if (isolation.init()) {
      mounts.add(RuntimeMount.Bind.of(spawner.program(), "/sbin/docker-init", true));
    }
    return new RuntimeSpec(
        spec.id(),
        spec.root(),
        spec.process(),
        mounts,
        spec.namespaces(),
        spec.hostname(),
        spec.domainname(),
        spec.isolation(),
        spec.limits(),
        spec.output());
  }

  private static void killRest(Cgroup cgroup) {
    try {
      cgroup.kill();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("processes of an ended container are left");
    }
  }

  private String cgroupPath(RuntimeSpec spec) {
    String parent =
        spec.isolation().cgroupParent().filter(path -> !path.isEmpty()).orElse(ownGroup);
    return (parent.startsWith("/") ? parent : "/" + parent) + "/" + spec.id();
  }

  @Override
  public Recovered recover(ContainerId id) {
    Path runFolder = runFolder(id);
    boolean oomKilled = false;
    try {
      Bundle bundle = Bundle.read(runFolder);
      Cgroup cgroup = cgroups.group(bundle.cgroup());
      oomKilled = cgroup.oomKilled();
      MonitorChannel channel = MonitorChannel.connect(runFolder.resolve(SOCKET));
      ControlConnection control =
          new ControlConnection(
              channel, id.shortId(), cgroup::oomKilled, () -> lost(id, runFolder, cgroup));
      control.send(
          MonitoredContainer.attaching(
              MonitoredContainer.FIRST, new AttachRequest(false, false, false)));
      MonitorMessage state = control.awaitState();
      if (!bundle.ownProcesses()) {
        var _ = control.exited().whenComplete((_, _) -> killRest(cgroup));
      }
      if (state.field(2).equals("running")) {
        return new Recovered.Running(
            new MonitoredContainer(
                bundle,
                runFolder,
                cgroup,
                control,
                (int) state.number(3),
                ExitFile.instant(state.number(4))));
      }
      control.close();
    } catch (IOException | EngineException.Unavailable e) {
      LOG.atDebug().addKeyValue("container", id).log("no monitor answers: {}", e.getMessage());
    }
    return exitStatus(runFolder, oomKilled)
        .<Recovered>map(Recovered.Ended::new)
        .orElseGet(Recovered.Gone::new);
  }

  private static Optional<ExitStatus> exitStatus(Path runFolder, boolean oomKilled) {
    try {
      return ExitFile.read(runFolder, oomKilled);
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot read the exit file in " + runFolder + ": " + e.getMessage(), e);
    }
  }

  private static ExitStatus lost(ContainerId id, Path runFolder, Cgroup cgroup) {
    return exitStatus(runFolder, cgroup.oomKilled())
        .orElseThrow(
            () -> new EngineException.Unavailable("the monitor of container " + id + " was lost"));
  }

  @Override
  public void remove(ContainerId id) {
    Path runFolder = runFolder(id);
    boolean known = Files.exists(runFolder.resolve("container.json"));
    try {
      Cgroup cgroup =
          cgroups.group(known ? Bundle.read(runFolder).cgroup() : ownGroup + "/" + id.value());
      if (!known && !cgroup.exists() && !Files.exists(runFolder)) {
        return;
      }
      cgroup.kill();
      cgroup.remove();
      removeFolder(runFolder);
      cgroups.group(ownGroup).removeIfEmpty();
      spawner.endWhenUnused();
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot remove what container " + id + " left: " + e.getMessage(), e);
    }
  }

  /// The monitor of an exec session that has just ended may still be writing or removing its own
  /// files: hence some tries.
  private static void removeFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    for (int tries = 1; ; tries++) {
      try (var files = Files.walk(folder)) {
        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
        return;
      } catch (DirectoryNotEmptyException | UncheckedIOException e) {
        if (tries == REMOVE_TRIES) {
          throw e;
        }
      }
      try {
        Thread.sleep(REMOVE_PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while removing " + folder);
      }
    }
  }

  /// Removes what a failed creation left; a failure of that is added to the cause.
  void cleanUp(ContainerId id, Throwable cause) {
    try {
      remove(id);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public List<ContainerId> known() {
    Set<ContainerId> known = new LinkedHashSet<>();
    for (String group : cgroups.group(ownGroup).children()) {
      if (group.matches("[0-9a-f]{64}")) {
        known.add(new ContainerId(group));
      }
    }
    try (var folders = Files.newDirectoryStream(containers, Files::isDirectory)) {
      for (Path folder : folders) {
        if (!Files.exists(folder.resolve("container.json"))) {
          removeFolder(folder); // the creation had only begun
          continue;
        }
        try {
          known.add(new ContainerId(Bundle.read(folder).id()));
        } catch (IOException e) {
          LOG.error("cannot read container.json in {}; its container is left alone", folder, e);
        }
      }
    } catch (IOException e) {
      throw new EngineException.Failed("cannot read " + containers + ": " + e.getMessage(), e);
    }
    return List.copyOf(known);
  }

  @Override
  public Path skeleton() {
    return skeleton;
  }

  @Override
  public void close() {
    spawner.close();
  }
}
