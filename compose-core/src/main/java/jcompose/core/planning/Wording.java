package jcompose.core.planning;

/// An operation in two words or three.
///
/// @param verb such as `create`
/// @param object such as `network shop_default`; a container is named alone
record Wording(String verb, String object) {
  static Wording of(Operation operation) {
    return switch (operation) {
      case Operation.PullImage it -> new Wording("pull", "image " + it.image().familiar());
      case Operation.BuildImage it -> new Wording("build", "image " + it.image());
      case Operation.CreateNetwork it -> new Wording("create", "network " + it.spec().name());
      case Operation.CreateVolume it -> new Wording("create", "volume " + it.spec().name());
      case Operation.CreateContainer it -> new Wording("create", it.createdAs().value());
      case Operation.Checkpoint it -> new Wording("await", it.what());
      case Operation.StartContainer it -> new Wording("start", name(it.target()));
      case Operation.StopContainer it -> new Wording("stop", name(it.target()));
      case Operation.RestartContainer it -> new Wording("restart", name(it.target()));
      case Operation.KillContainer it -> new Wording("kill", name(it.target()));
      case Operation.PauseContainer it -> new Wording("pause", name(it.target()));
      case Operation.UnpauseContainer it -> new Wording("unpause", name(it.target()));
      case Operation.RemoveContainer it -> new Wording("remove", name(it.target()));
      case Operation.RenameContainer it -> new Wording("rename", "to " + name(it.target()));
      case Operation.AwaitRunning it -> new Wording("await", name(it.target()) + " running");
      case Operation.AwaitHealthy it -> new Wording("await", name(it.target()) + " healthy");
      case Operation.AwaitCompleted it -> new Wording("await", name(it.target()) + " completed");
      case Operation.RemoveNetwork it -> new Wording("remove", "network " + it.name());
      case Operation.RemoveVolume it -> new Wording("remove", "volume " + it.name());
      case Operation.RemoveImage it -> new Wording("remove", "image " + it.image());
    };
  }

  private static String name(Target target) {
    return target.name().value();
  }
}
