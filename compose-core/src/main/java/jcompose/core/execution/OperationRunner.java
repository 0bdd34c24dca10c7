package jcompose.core.execution;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogRequest;
import jcompose.core.engine.TransferListener;
import jcompose.core.planning.Operation;
import jcompose.core.planning.Target;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.progress.ProgressListener;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;

/// Makes the engine calls of single operations. What is already as it should be is no error.
final class OperationRunner {
  private static final int LAST_LINES = 10;

  private final Engine engine;
  private final ProgressListener listener;
  private final Optional<ContainerWatch> watch;
  private final Map<ContainerName, ContainerId> created = new ConcurrentHashMap<>();

  /// @param watch there when the plan waits for anything
  OperationRunner(Engine engine, ProgressListener listener, Optional<ContainerWatch> watch) {
    this.engine = engine;
    this.listener = listener;
    this.watch = watch;
  }

  Map<ContainerName, ContainerId> created() {
    return created;
  }

  void run(Operation operation) throws InterruptedException {
    switch (operation) { // no default: a new operation does not compile until it is handled here
      case Operation.PullImage it -> pull(it);
      case Operation.BuildImage it ->
          engine.images().build(it.spec(), advance("Image " + it.image()));
      case Operation.CreateNetwork it -> createNetwork(it);
      case Operation.CreateVolume it -> engine.volumes().create(it.spec());
      case Operation.CreateContainer it ->
          created.put(
              it.name(),
              engine
                  .containers()
                  .create(it.createdAs(), SpecResolution.resolve(it.spec(), created)));
      case Operation.Checkpoint _ -> {}
      case Operation.StartContainer it -> engine.containers().start(id(it.target()));
      case Operation.StopContainer it ->
          ifThere(() -> engine.containers().stop(id(it.target()), it.grace()));
      case Operation.RestartContainer it ->
          engine.containers().restart(id(it.target()), it.grace());
      case Operation.KillContainer it -> kill(it);
      case Operation.PauseContainer it -> engine.containers().pause(id(it.target()));
      case Operation.UnpauseContainer it -> engine.containers().unpause(id(it.target()));
      case Operation.RemoveContainer it ->
          ifThere(
              () -> engine.containers().remove(id(it.target()), it.force(), it.anonymousVolumes()));
      case Operation.RenameContainer it ->
          engine.containers().rename(id(it.target()), it.target().name());
      case Operation.AwaitRunning it ->
          await(it.target(), it.required(), details -> running(it.target(), details));
      case Operation.AwaitHealthy it ->
          await(it.target(), it.required(), details -> healthy(it.target(), details));
      case Operation.AwaitCompleted it ->
          await(it.target(), it.required(), details -> completed(it, details));
      case Operation.RemoveNetwork it ->
          unlessUsed("Network " + it.name(), () -> engine.networks().remove(it.id()));
      case Operation.RemoveVolume it ->
          unlessUsed("Volume " + it.name(), () -> engine.volumes().remove(it.name(), false));
      case Operation.RemoveImage it ->
          unlessUsed("Image " + it.image(), () -> engine.images().remove(it.image(), false));
    }
  }

  private ContainerId id(Target target) {
    return target
        .id()
        .or(() -> Optional.ofNullable(created.get(target.name())))
        .orElseThrow(() -> new IllegalStateException("no step of the plan made " + target.name()));
  }

  private TransferListener advance(String subject) {
    return (part, message, current, total) ->
        listener.on(new ProgressEvent.Advanced(subject, part, message, current, total));
  }

  private void pull(Operation.PullImage it) {
    String subject = "Image " + it.image().familiar();
    try {
      engine.images().pull(it.image(), it.platform(), advance(subject));
    } catch (EngineException e) {
      if (!it.mayBeMissing()) {
        throw e;
      }
      listener.on(new ProgressEvent.Warning(subject, String.valueOf(e.getMessage())));
    }
  }

  private void createNetwork(Operation.CreateNetwork it) {
    try {
      engine.networks().create(it.spec());
    } catch (EngineException.Conflict e) {
      // someone else made it meanwhile; with our labels it is the one we want
      boolean ours =
          engine.networks().list(java.util.List.of()).stream()
              .anyMatch(
                  found ->
                      found.name().equals(it.spec().name())
                          && found.labels().equals(it.spec().labels()));
      if (!ours) {
        throw e;
      }
    }
  }

  private void kill(Operation.KillContainer it) {
    try {
      engine.containers().kill(id(it.target()), it.signal());
    } catch (EngineException.Conflict | EngineException.NotFound e) {
      // it ended by itself meanwhile
    }
  }

  private static void ifThere(Runnable call) {
    try {
      call.run();
    } catch (EngineException.NotFound e) {
      // someone else removed it: what was wanted is so
    }
  }

  private void unlessUsed(String subject, Runnable call) {
    try {
      ifThere(call);
    } catch (EngineException.Conflict e) {
      listener.on(new ProgressEvent.Warning(subject, "Resource is still in use"));
    }
  }

  /// Answers whether a container is what was waited for; false while that is open.
  private interface Verdict {
    boolean reached(ContainerDetails details);
  }

  private void await(Target target, boolean required, Verdict verdict) throws InterruptedException {
    ContainerId id = id(target);
    try {
      watch
          .orElseThrow()
          .await(id, it -> verdict.reached(it) ? Optional.of(true) : Optional.empty());
    } catch (WaitFailed e) {
      String message = e.getMessage() + lastLines(id);
      if (required) {
        throw new WaitFailed("dependency failed to start: " + message);
      }
      listener.on(
          new ProgressEvent.Warning(
              "Container " + target.name(), "optional dependency failed to start: " + message));
    }
  }

  private static boolean running(Target target, ContainerDetails details) {
    return switch (details.state()) {
      case RUNNING ->
          switch (details.health()) {
            case NONE, HEALTHY -> true;
            case STARTING -> false;
            case UNHEALTHY -> throw new WaitFailed("container " + target.name() + " is unhealthy");
          };
      case CREATED, RESTARTING, PAUSED -> false;
      case EXITED, DEAD, REMOVING -> throw exited(target, details);
    };
  }

  private static boolean healthy(Target target, ContainerDetails details) {
    if (details.state() == ContainerState.RUNNING && details.health() == HealthState.NONE) {
      throw new WaitFailed(
          "container "
              + target.name()
              + " has no healthcheck configured; give its service one, or wait with"
              + " condition: service_started");
    }
    return running(target, details);
  }

  private static boolean completed(Operation.AwaitCompleted it, ContainerDetails details) {
    return switch (details.state()) {
      case EXITED, DEAD -> {
        int code = details.exitCode().map(ExitCode::value).orElse(0);
        if (code != 0) {
          throw new WaitFailed(
              "service \"" + it.service() + "\" didn't complete successfully: exit " + code);
        }
        yield true;
      }
      case CREATED, RUNNING, PAUSED, RESTARTING -> false;
      case REMOVING -> throw exited(it.target(), details);
    };
  }

  private static WaitFailed exited(Target target, ContainerDetails details) {
    String code = details.exitCode().map(ExitCode::toString).orElse("?");
    String memory = details.oomKilled() ? ", it ran out of memory" : "";
    return new WaitFailed("container " + target.name() + " exited (" + code + ")" + memory);
  }

  /// What the container said last, for whoever has to find out why it failed.
  private String lastLines(ContainerId id) {
    var text = new java.io.ByteArrayOutputStream();
    try {
      engine
          .containers()
          .logs(
              id,
              new LogRequest(
                  false, Optional.of(LAST_LINES), Optional.empty(), Optional.empty(), false),
              (_, bytes, offset, length) -> text.write(bytes, offset, length));
    } catch (EngineException e) {
      return ""; // a log driver that cannot be read
    }
    var lines = new StringBuilder();
    text.toString(StandardCharsets.UTF_8).lines().forEach(it -> lines.append("\n  | ").append(it));
    return lines.toString();
  }
}
