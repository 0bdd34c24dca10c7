package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.ResourceLimits;
import jcompose.engine.host.Cgroup;

/// A running container, over its monitor's socket and its control group.
final class MonitoredContainer implements RunningContainer {
  static final String FIRST = "";

  private final Bundle bundle;
  private final Path runFolder;
  private final Cgroup cgroup;
  private final ControlConnection control;
  private final int pid;
  private final Instant startedAt;

  MonitoredContainer(
      Bundle bundle,
      Path runFolder,
      Cgroup cgroup,
      ControlConnection control,
      int pid,
      Instant startedAt) {
    this.bundle = bundle;
    this.runFolder = runFolder;
    this.cgroup = cgroup;
    this.control = control;
    this.pid = pid;
    this.startedAt = startedAt;
  }

  @Override
  public ContainerId id() {
    return new ContainerId(bundle.id());
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public CompletableFuture<ExitStatus> exit() {
    return control.exited();
  }

  private EngineException notRunning() {
    return new EngineException.Conflict("Container " + bundle.id() + " is not running");
  }

  private void requireRunning() {
    if (control.exited().isDone()) {
      throw notRunning();
    }
  }

  @Override
  public void kill(int signal) {
    kill(signal, FIRST);
  }

  void kill(int signal, String process) {
    requireRunning();
    int errno;
    try {
      errno = control.command(MonitorMessage.of("kill", signal, process));
    } catch (EngineException.Unavailable e) {
      // It may have ended a moment ago: the connection's reader is about to tell.
      if (control.exited().handle((_, lost) -> lost == null).join()) {
        throw notRunning();
      }
      throw e;
    }
    if (errno != 0) {
      throw notRunning();
    }
  }

  @Override
  public void pause() {
    requireRunning();
    try {
      cgroup.freeze();
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot pause container " + bundle.id() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void unpause() {
    requireRunning();
    try {
      cgroup.thaw();
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot unpause container " + bundle.id() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean paused() {
    return !control.exited().isDone() && cgroup.frozen();
  }

  @Override
  public void resize(TerminalSize size) {
    resize(size, FIRST);
  }

  void resize(TerminalSize size, String process) {
    requireRunning();
    control.command(MonitorMessage.of("resize", size.rows(), size.columns(), process));
  }

  @Override
  public Attachment attach(AttachRequest request) {
    return attach(runFolder, request);
  }

  static Attachment attach(Path runFolder, AttachRequest request) {
    MonitorChannel channel = connect(runFolder, FIRST, request);
    return new MonitorAttachment(channel, request.stdin(), _ -> {}, () -> {});
  }

  /// Asks for a process's state, what of its streams is wanted, and its end.
  static MonitorMessage attaching(String process, AttachRequest request) {
    return MonitorMessage.of(
        "attach", process, request.stdin(), request.stdout(), request.stderr());
  }

  private static MonitorChannel connect(Path runFolder, String process, AttachRequest request) {
    try {
      MonitorChannel channel = MonitorChannel.connect(runFolder.resolve(MonitorRuntime.SOCKET));
      channel.send(attaching(process, request));
      MonitorMessage state = channel.read().message();
      if (!state.name().equals("state")) {
        channel.close();
        throw new EngineException.Conflict("there is no such process to attach to");
      }
      return channel;
    } catch (IOException e) {
      throw new EngineException.Conflict("cannot attach: the container is not running");
    }
  }

  @Override
  public ExecSession exec(ExecSpec spec) {
    requireRunning();
    ResolvedUser user =
        ResolvedUser.lookUp(
            bundle.userOf(spec), bundle.isolation().groups(), Path.of("/proc/" + pid + "/root"));
    List<SetupStep> steps = bundle.exec(spec, cgroup, pid, user);
    MonitorChannel channel = null;
    try {
      channel = MonitorChannel.connect(runFolder.resolve(MonitorRuntime.SOCKET));
      channel.send(
          MonitorMessage.of("exec", MonitorMessage.VERSION, spec.id(), spec.tty(), spec.stdin())
              .with(steps));
      while (true) {
        MonitorMessage message = channel.read().message();
        switch (message.name()) {
          case "pid" -> {}
          case "started" -> {
            return new MonitorExecSession(
                this, spec.id(), (int) message.number(1), channel, spec.stdin());
          }
          case "failed" ->
              throw hasNamespaces(pid)
                  ? StartFailure.steps(steps, message, true)
                  : StartFailure.ended();
          default -> throw new IOException("unexpected answer to exec: " + message);
        }
      }
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      requireRunning();
      if (!Files.exists(runFolder.resolve(MonitorRuntime.SOCKET))) {
        throw StartFailure.ended(); // the monitor takes the socket away before it tells the end
      }
      throw StartFailure.of(
          "cannot run a program in container " + bundle.id() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  /// Whether the first process lives: one that ended keeps its id, and its PID namespace, until it
  /// is reaped, but no other namespace, and whatever joins then fails in many ways (setns(2),
  /// clone(2)).
  static boolean hasNamespaces(int pid) {
    return Files.exists(Path.of("/proc/" + pid + "/ns/mnt"));
  }

  @Override
  public Optional<ExecSession> execSession(String execId) {
    try {
      MonitorChannel channel = MonitorChannel.connect(runFolder.resolve(MonitorRuntime.SOCKET));
      channel.send(attaching(execId, new AttachRequest(true, true, true)));
      MonitorMessage state = channel.read().message();
      if (!state.name().equals("state") || !state.field(2).equals("running")) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(
          new MonitorExecSession(this, execId, (int) state.number(3), channel, true));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Learns the end of an exec session that no attachment listens to.
  CompletableFuture<ExitCode> watchExec(String execId) {
    CompletableFuture<ExitCode> code = new CompletableFuture<>();
    MonitorChannel channel;
    try {
      channel = connect(runFolder, execId, new AttachRequest(false, false, false));
    } catch (EngineException.Conflict ended) {
      code.completeExceptionally(ended);
      return code;
    }
    Thread.ofVirtual()
        .name("exec-" + execId)
        .start(
            () -> {
              try (channel) {
                while (true) {
                  MonitorMessage message = channel.read().message();
                  if (message.name().equals("exited")) {
                    code.complete(new ExitCode((int) message.number(1)));
                    return;
                  }
                }
              } catch (IOException | RuntimeException e) {
                code.completeExceptionally(e);
              }
            });
    return code;
  }

  @Override
  public void update(ResourceLimits limits) {
    try {
      cgroup.set(CgroupLimits.settings(limits, cgroup.unified()));
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot update container " + bundle.id() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public ContainerStats stats() {
    return CgroupStatistics.read(cgroup);
  }

  @Override
  public List<Integer> processes() {
    return cgroup.processes();
  }
}
