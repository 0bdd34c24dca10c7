package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.engine.host.Cgroup;

/// A container whose first process sets itself up, or waits to execute.
final class PreparedContainer implements CreatedContainer {
  private final MonitorRuntime runtime;
  private final Bundle bundle;
  private final Path runFolder;
  private final Cgroup cgroup;
  private final ControlConnection control;
  private final StepCompiler compiler;
  private final List<SetupStep> steps;
  private final int pid;

  PreparedContainer(
      MonitorRuntime runtime,
      Bundle bundle,
      Path runFolder,
      Cgroup cgroup,
      ControlConnection control,
      StepCompiler compiler,
      List<SetupStep> steps,
      int pid) {
    this.runtime = runtime;
    this.bundle = bundle;
    this.runFolder = runFolder;
    this.cgroup = cgroup;
    this.control = control;
    this.compiler = compiler;
    this.steps = new ArrayList<>(steps);
    this.pid = pid;
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
  public Attachment attach(AttachRequest request) {
    return MonitoredContainer.attach(runFolder, request);
  }

  @Override
  public RunningContainer start() {
    try {
      control.awaitReady();
      ResolvedUser user =
          ResolvedUser.lookUp(
              bundle.user(), bundle.isolation().groups(), Path.of("/proc/" + pid + "/root"));
      List<SetupStep> second = compiler.start(user);
      steps.addAll(second);
      control.send(MonitorMessage.of("start").with(second));
      MonitorMessage started = control.awaitStart();
      return new MonitoredContainer(
          bundle, runFolder, cgroup, control, pid, ExitFile.instant(started.number(2)));
    } catch (ControlConnection.StepFailed e) {
      throw abandoned(StartFailure.steps(steps, e.message(), false));
    } catch (IOException e) {
      throw abandoned(
          new EngineException.Unavailable(
              "the container's monitor was lost: " + e.getMessage(), e));
    } catch (RuntimeException e) {
      throw abandoned(e);
    }
  }

  @Override
  public Optional<ContainerStartException> failure() {
    if (MonitoredContainer.hasNamespaces(pid)) {
      return Optional.empty();
    }
    try {
      control.awaitReady(); // the monitor reports how it ended
      return Optional.empty();
    } catch (ControlConnection.StepFailed e) {
      return Optional.of(StartFailure.steps(steps, e.message(), false));
    }
  }

  private RuntimeException abandoned(RuntimeException cause) {
    control.close();
    runtime.cleanUp(id(), cause);
    return cause;
  }

  @Override
  public void abandon() {
    control.close();
    runtime.remove(id());
  }
}
