package jcompose.core.execution;

import java.util.Optional;
import jcompose.core.planning.Operation;
import jcompose.core.planning.Target;

/// What is said of an operation while it runs and when it is done, in docker compose's words.
///
/// @param done absent when a later operation says it
record Announcement(String subject, String doing, Optional<String> done) {
  private static Announcement of(String subject, String doing, String done) {
    return new Announcement(subject, doing, Optional.of(done));
  }

  private static String container(Target target) {
    return "Container " + target.name();
  }

  /// Empty for what nobody needs to hear of.
  static Optional<Announcement> of(Operation operation) {
    return switch (operation) {
      case Operation.PullImage it ->
          Optional.of(of("Image " + it.image().familiar(), "Pulling", "Pulled"));
      case Operation.BuildImage it -> Optional.of(of("Image " + it.image(), "Building", "Built"));
      case Operation.CreateNetwork it ->
          Optional.of(of("Network " + it.spec().name(), "Creating", "Created"));
      case Operation.CreateVolume it ->
          Optional.of(of("Volume " + it.spec().name(), "Creating", "Created"));
      case Operation.CreateContainer it when it.replaces().isPresent() ->
          Optional.of(new Announcement("Container " + it.name(), "Recreate", Optional.empty()));
      case Operation.CreateContainer it ->
          Optional.of(of("Container " + it.name(), "Creating", "Created"));
      case Operation.Checkpoint _ -> Optional.empty();
      case Operation.StartContainer it ->
          Optional.of(of(container(it.target()), "Starting", "Started"));
      case Operation.StopContainer it when it.replaced() -> Optional.empty();
      case Operation.StopContainer it ->
          Optional.of(of(container(it.target()), "Stopping", "Stopped"));
      case Operation.RestartContainer it ->
          Optional.of(of(container(it.target()), "Restarting", "Started"));
      case Operation.KillContainer it ->
          Optional.of(of(container(it.target()), "Killing", "Killed"));
      case Operation.PauseContainer it ->
          Optional.of(of(container(it.target()), "Pausing", "Paused"));
      case Operation.UnpauseContainer it ->
          Optional.of(of(container(it.target()), "Unpausing", "Unpaused"));
      case Operation.RemoveContainer it when it.replaced() -> Optional.empty();
      case Operation.RemoveContainer it ->
          Optional.of(of(container(it.target()), "Removing", "Removed"));
      case Operation.RenameContainer it ->
          Optional.of(of(container(it.target()), "Recreate", "Recreated"));
      case Operation.AwaitRunning it ->
          Optional.of(of(container(it.target()), "Waiting", "Healthy"));
      case Operation.AwaitHealthy it ->
          Optional.of(of(container(it.target()), "Waiting", "Healthy"));
      case Operation.AwaitCompleted it ->
          Optional.of(of(container(it.target()), "Waiting", "Exited"));
      case Operation.RemoveNetwork it ->
          Optional.of(of("Network " + it.name(), "Removing", "Removed"));
      case Operation.RemoveVolume it ->
          Optional.of(of("Volume " + it.name(), "Removing", "Removed"));
      case Operation.RemoveImage it ->
          Optional.of(of("Image " + it.image(), "Removing", "Removed"));
    };
  }
}
