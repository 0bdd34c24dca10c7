package jcompose.core.planning;

import java.time.Duration;
import java.util.Optional;
import jcompose.core.resource.BuildSpec;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ImageReference;
import jcompose.core.resource.NetworkSpec;
import jcompose.core.resource.VolumeSpec;

/// One call a plan makes on the engine: what it needs is in its fields, why it is made in
/// [#reason()].
public sealed interface Operation {
  Reason reason();

  record PullImage(
      ImageReference image, Optional<String> platform, boolean mayBeMissing, Reason reason)
      implements Operation {}

  /// @param image the first tag, for people
  record BuildImage(String image, BuildSpec spec, Reason reason) implements Operation {}

  record CreateNetwork(NetworkSpec spec, Reason reason) implements Operation {}

  record CreateVolume(VolumeSpec spec, Reason reason) implements Operation {}

  /// @param name the name it will have at last
  /// @param replaces the container it takes the place of; it is then created under a name of its
  ///   own, [#createdAs()]
  record CreateContainer(
      ContainerName name, Optional<ContainerId> replaces, ContainerSpec spec, Reason reason)
      implements Operation {
    public ContainerName createdAs() {
      return replaces.map(it -> new ContainerName(it.shortId() + "_" + name.value())).orElse(name);
    }
  }

  /// Nothing to do: all it comes after is done. Keeps the number of edges small.
  record Checkpoint(String what, Reason reason) implements Operation {}

  record StartContainer(Target target, Reason reason) implements Operation {}

  /// @param grace absent for the container's own
  /// @param replaced whether another one takes its place, which is the news then
  record StopContainer(Target target, Optional<Duration> grace, boolean replaced, Reason reason)
      implements Operation {}

  record RestartContainer(Target target, Optional<Duration> grace, Reason reason)
      implements Operation {}

  record KillContainer(Target target, String signal, Reason reason) implements Operation {}

  record PauseContainer(Target target, Reason reason) implements Operation {}

  record UnpauseContainer(Target target, Reason reason) implements Operation {}

  record RemoveContainer(
      Target target, boolean force, boolean anonymousVolumes, boolean replaced, Reason reason)
      implements Operation {}

  /// Gives a container the name it should have.
  record RenameContainer(Target target, Reason reason) implements Operation {}

  /// Waits until a container runs and, where it has a health check, is healthy.
  ///
  /// @param required whether what comes after must not go on when this fails
  record AwaitRunning(Target target, boolean required, Reason reason) implements Operation {}

  /// Waits until a container's health check says that it is well.
  record AwaitHealthy(Target target, boolean required, Reason reason) implements Operation {}

  /// Waits until a container has ended with exit code 0.
  record AwaitCompleted(Target target, String service, boolean required, Reason reason)
      implements Operation {}

  record RemoveNetwork(String name, String id, Reason reason) implements Operation {}

  record RemoveVolume(String name, Reason reason) implements Operation {}

  record RemoveImage(String image, Reason reason) implements Operation {}
}
