package jcompose.core.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jcompose.core.resource.CommitSpec;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerUsage;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExecSpec;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.FileChange;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ProcessList;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.RestartPolicy;
import jcompose.core.resource.WaitCondition;

/// Containers of an engine. A method that takes an id throws [EngineException.NotFound] when there
/// is no such container.
public interface Containers {
  /// All containers, running or not, that carry every given label.
  ///
  /// @param labels `name` or `name=value`; empty for all containers
  List<ContainerSummary> list(List<String> labels);

  ContainerDetails inspect(ContainerId id);

  /// Creates a container without starting it. The image must be there; anonymous volumes are made,
  /// named ones are made when missing.
  ///
  /// @throws EngineException.Conflict when the name is taken
  /// @throws EngineException.NotFound when the image or a network is missing
  ContainerId create(ContainerName name, ContainerSpec spec);

  /// Starts a container; a running one is left as it is.
  ///
  /// @throws EngineException.Failed when its process cannot be started, in Docker's words
  void start(ContainerId id);

  /// Sends the stop signal, waits, then kills; returns once it has exited. Stopping a stopped
  /// container changes nothing.
  ///
  /// @param grace absent for the container's own; zero kills at once
  default void stop(ContainerId id, Optional<Duration> grace) {
    stop(id, Optional.empty(), grace);
  }

  /// @param signal `SIGKILL`, `HUP`, `9`
  /// @throws EngineException.Conflict when it does not run
  void kill(ContainerId id, String signal);

  /// Stops and starts.
  default void restart(ContainerId id, Optional<Duration> grace) {
    restart(id, Optional.empty(), grace);
  }

  /// @throws EngineException.Conflict when it does not run or is paused
  void pause(ContainerId id);

  /// @throws EngineException.Conflict when it is not paused
  void unpause(ContainerId id);

  /// @throws EngineException.Conflict when the name is taken
  void rename(ContainerId id, ContainerName name);

  /// @param force kills a running container first
  /// @param anonymousVolumes removes those that were made for it
  /// @throws EngineException.Conflict when it runs and `force` is false
  void remove(ContainerId id, boolean force, boolean anonymousVolumes);

  /// Waits until the container does not run.
  ExitCode waitForExit(ContainerId id);

  void connect(ContainerId id, String network, EndpointSpec endpoint);

  void disconnect(ContainerId id, String network, boolean force);

  /// Reads the container's log into the sink; returns at its end, or, when following, once the
  /// container has ended and all is read. An interrupt of the thread ends it early.
  void logs(ContainerId id, LogRequest request, LogSink sink);

  /// Runs a program in a running container, connected to the console; returns its exit code once it
  /// has ended and its output is handed over. An interrupt of the thread leaves it alone.
  ///
  /// @throws EngineException.Conflict when the container does not run
  ExitCode exec(ContainerId id, ExecSpec spec, Console console);

  /// Starts a program in a running container and leaves it alone.
  ///
  /// @throws EngineException.Invalid when it cannot be started
  void execDetached(ContainerId id, ExecSpec spec);

  /// Connects the console to a container's own program: at once when it runs, with its start when
  /// it does not yet. Returns when the output has ended or the user has typed the keys that detach.
  ///
  /// @throws EngineException.Conflict when the container is paused or restarting
  void attach(ContainerId id, Console console);

  /// The same with other keys that detach, written as `ctrl-p,ctrl-q`.
  ///
  /// @throws EngineException.Unsupported when the engine knows its own keys alone
  default void attach(ContainerId id, Console console, String detachKeys) {
    throw new EngineException.Unsupported("this engine's detach keys are fixed: ctrl-p,ctrl-q");
  }

  /// @throws EngineException.Conflict when it does not run
  default ProcessList processes(ContainerId id) {
    return processes(id, List.of());
  }

  /// What it has used so far; [ContainerUsage#NONE] when it does not run.
  ContainerUsage usage(ContainerId id);

  /// Makes an image of a container's files and configuration; volumes are left out.
  ///
  /// @throws EngineException.Invalid for a change that is none
  ImageId commit(ContainerId id, CommitSpec spec);

  // ---- what single containers are handled with, and projects are not

  /// Creates a container under a name that the engine makes up.
  ContainerId create(ContainerSpec spec);

  /// Stops with another signal than the container's own.
  ///
  /// @param grace absent for the container's own; zero kills at once, negative waits without end
  void stop(ContainerId id, Optional<String> signal, Optional<Duration> grace);

  /// Stops in the same way and starts.
  void restart(ContainerId id, Optional<String> signal, Optional<Duration> grace);

  /// A wait that does not block: completes when the condition is met, or exceptionally. It is in
  /// force when this returns, so that what is started then is not missed.
  CompletableFuture<ExitCode> exit(ContainerId id, WaitCondition condition);

  /// Changes limits and restart policy; what is absent stays.
  ///
  /// @return warnings
  /// @throws EngineException.Conflict when they do not fit what the container has
  List<String> update(ContainerId id, ResourceLimits limits, Optional<RestartPolicy> restart);

  /// What its processes changed in the files of its image, a folder before what is in it.
  List<FileChange> changes(ContainerId id);

  /// @param arguments of `ps`; none stands for the engine's own choice
  /// @throws EngineException.Conflict when it does not run
  ProcessList processes(ContainerId id, List<String> arguments);
}
