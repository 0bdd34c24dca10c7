package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.command.ExecCreateCmd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jcompose.core.engine.Console;
import jcompose.core.engine.Containers;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogRequest;
import jcompose.core.engine.LogSink;
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
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.ProcessList;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.RestartPolicy;
import jcompose.core.resource.WaitCondition;

/// The `/containers` and `/exec` calls.
final class DockerContainers implements Containers {
  /// Since this version a container is created with all its endpoints at once.
  private static final String SEVERAL_ENDPOINTS = "1.44";

  private static final int RESIZE_TRIES = 10;
  private static final Duration RESIZE_PAUSE = Duration.ofMillis(20);

  private final DockerApi api;
  private final DockerFiles files;

  DockerContainers(DockerApi api, DockerFiles files) {
    this.api = api;
    this.files = files;
  }

  @Override
  public List<ContainerSummary> list(List<String> labels) {
    List<ContainerSummary> containers = new ArrayList<>();
    for (JsonNode each : api.get("/containers/json?all=true&" + DockerApi.labelFilter(labels))) {
      containers.add(ContainerReading.summary(each));
    }
    return containers;
  }

  @Override
  public ContainerDetails inspect(ContainerId id) {
    return ContainerReading.details(api.get("/containers/" + id + "/json"));
  }

  @Override
  public ContainerId create(ContainerName name, ContainerSpec spec) {
    return create("name=" + DockerApi.encode(name.value()), spec);
  }

  @Override
  public ContainerId create(ContainerSpec spec) {
    return create("", spec);
  }

  private ContainerId create(String name, ContainerSpec spec) {
    String path =
        "/containers/create?"
            + name
            + spec.platform().map(it -> "&platform=" + DockerApi.encode(it)).orElse("");
    List<MountSpec.Content> contents =
        spec.mounts().stream()
            .filter(MountSpec.Content.class::isInstance)
            .map(MountSpec.Content.class::cast)
            .toList();
    boolean ofOurs = !contents.isEmpty() && DockerApi.isOurs(api.get("/version"));
    ObjectNode body = ContainerBody.of(spec, ofOurs);
    ContainerId id =
        api.version().atLeast(SEVERAL_ENDPOINTS)
            ? new ContainerId(api.post(path, body).path("Id").asText())
            : createThenConnect(path, body, spec);
    if (!contents.isEmpty() && !ofOurs) {
      orRemove(id, () -> files.write(id, "/", ContentTar.of(contents), true));
    }
    return id;
  }

  /// A container without all that it should have is none.
  private void orRemove(ContainerId id, Runnable completion) {
    try {
      completion.run();
    } catch (EngineException e) {
      remove(id, true, true);
      throw e;
    }
  }

  private ContainerId createThenConnect(String path, ObjectNode body, ContainerSpec spec) {
    var networks = new java.util.LinkedHashMap<>(spec.networks());
    if (networks.size() > 1) {
      Iterator<String> names = networks.keySet().iterator();
      ObjectNode endpoints = (ObjectNode) body.path("NetworkingConfig").path("EndpointsConfig");
      String first = names.next();
      names.forEachRemaining(endpoints::remove);
      networks.remove(first);
    } else {
      networks.clear();
    }
    var id = new ContainerId(api.post(path, body).path("Id").asText());
    orRemove(id, () -> networks.forEach((network, endpoint) -> connect(id, network, endpoint)));
    return id;
  }

  @Override
  public void start(ContainerId id) {
    try {
      api.send("POST", "/containers/" + id + "/start", null).close();
    } catch (EngineException.Invalid e) {
      // a command that cannot be run is a bad request to the API, but the request was well formed
      throw new EngineException.Failed(e.getMessage(), e);
    }
  }

  @Override
  public void stop(ContainerId id, Optional<String> signal, Optional<Duration> grace) {
    end(id, "stop", signal, grace);
  }

  @Override
  public void restart(ContainerId id, Optional<String> signal, Optional<Duration> grace) {
    end(id, "restart", signal, grace);
  }

  private void end(ContainerId id, String verb, Optional<String> signal, Optional<Duration> grace) {
    String with = signal.map(it -> "signal=" + DockerApi.encode(it)).orElse("");
    String wait = grace.map(it -> "&t=" + seconds(it)).orElse("");
    String path = "/containers/" + id + "/" + verb + "?" + with + wait;
    api.send("POST", path, null).close();
  }

  @Override
  public void kill(ContainerId id, String signal) {
    api.client().killContainerCmd(id.value()).withSignal(signal).exec();
  }

  /// Whole seconds, rounded up: half a second of grace is not none.
  private static long seconds(Duration grace) {
    return grace.isNegative() ? -1 : grace.plusNanos(999_999_999L).toSeconds();
  }

  @Override
  public void pause(ContainerId id) {
    api.client().pauseContainerCmd(id.value()).exec();
  }

  @Override
  public void unpause(ContainerId id) {
    try {
      api.client().unpauseContainerCmd(id.value()).exec();
    } catch (EngineException.Failed e) {
      throw e.getMessage().contains("is not paused")
          ? new EngineException.Conflict(e.getMessage())
          : e;
    }
  }

  @Override
  public void rename(ContainerId id, ContainerName name) {
    api.client().renameContainerCmd(id.value()).withName(name.value()).exec();
  }

  @Override
  public void remove(ContainerId id, boolean force, boolean anonymousVolumes) {
    api.delete("/containers/" + id + "?force=" + force + "&v=" + anonymousVolumes);
  }

  @Override
  public ExitCode waitForExit(ContainerId id) {
    return exitCode(api.post("/containers/" + id + "/wait?condition=not-running", null));
  }

  /// The daemon sends the head of its answer when it waits.
  @Override
  public CompletableFuture<ExitCode> exit(ContainerId id, WaitCondition condition) {
    String path = "/containers/" + id + "/wait?condition=" + condition.word();
    HttpResponse waiting = api.send("POST", path, null);
    var exit = new CompletableFuture<ExitCode>();
    Thread.ofVirtual()
        .name("wait " + id.shortId())
        .start(
            () -> {
              try {
                exit.complete(exitCode(DockerApi.read(path, waiting)));
              } catch (EngineException e) {
                exit.completeExceptionally(e);
              }
            });
    return exit;
  }

  private static ExitCode exitCode(JsonNode answer) {
    String error = answer.path("Error").path("Message").asText();
    if (!error.isEmpty()) {
      throw new EngineException.Failed(error);
    }
    return new ExitCode(answer.path("StatusCode").asInt());
  }

  @Override
  public List<String> update(
      ContainerId id, ResourceLimits limits, Optional<RestartPolicy> restart) {
    ObjectNode body = Json.object();
    LimitsBody.write(limits, body);
    restart.ifPresent(
        it ->
            body.putObject("RestartPolicy")
                .put("Name", it.mode().word())
                .put("MaximumRetryCount", it.maximumRetries()));
    return Json.list(api.post("/containers/" + id + "/update", body).path("Warnings"));
  }

  @Override
  public List<FileChange> changes(ContainerId id) {
    List<FileChange> changes = new ArrayList<>();
    for (JsonNode each : api.get("/containers/" + id + "/changes")) {
      changes.add(
          new FileChange(
              switch (each.path("Kind").asInt()) {
                case 1 -> FileChange.Kind.ADDED;
                case 2 -> FileChange.Kind.DELETED;
                default -> FileChange.Kind.MODIFIED;
              },
              each.path("Path").asText()));
    }
    return changes;
  }

  @Override
  public void connect(ContainerId id, String network, EndpointSpec endpoint) {
    ObjectNode body = Json.object().put("Container", id.value());
    body.set("EndpointConfig", EndpointsBody.endpoint(endpoint));
    api.send("POST", "/networks/" + DockerApi.encode(network) + "/connect", body).close();
  }

  @Override
  public void disconnect(ContainerId id, String network, boolean force) {
    api.client()
        .disconnectFromNetworkCmd()
        .withNetworkId(DockerApi.encode(network))
        .withContainerId(id.value())
        .withForce(force)
        .exec();
  }

  @Override
  public void logs(ContainerId id, LogRequest request, LogSink sink) {
    String path =
        "/containers/"
            + id
            + "/logs?stdout=true&stderr=true&follow="
            + request.follow()
            + "&timestamps="
            + request.timestamps()
            + request.tail().map(it -> "&tail=" + it).orElse("")
            + request.since().map(it -> "&since=" + seconds(it)).orElse("")
            + request.until().map(it -> "&until=" + seconds(it)).orElse("");
    try {
      copy(api.send("GET", path, null), () -> inspect(id).tty(), sink);
    } catch (EngineException.Unavailable e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
  }

  /// Seconds since 1970 with nanoseconds, as the API takes times.
  static String seconds(Instant time) {
    return time.getEpochSecond() + "." + "%09d".formatted(time.getNano());
  }

  @Override
  public ExitCode exec(ContainerId id, ExecSpec spec, Console console) {
    String exec = create(id, spec, console.input().isPresent(), true);
    ObjectNode start = Json.object().put("Detach", false).put("Tty", spec.terminal());
    HttpResponse streams = api.hijack("/exec/" + exec + "/start", start, console.input());
    console.connected().accept((columns, rows) -> resize("/exec/" + exec, columns, rows));
    copy(streams, spec::terminal, console.output());
    JsonNode ended = api.get("/exec/" + exec + "/json");
    if (ended.path("ExitCode").isNull()) {
      if (console.input().isPresent() && spec.terminal()) {
        return new ExitCode(0); // the user typed the keys that detach, and it goes on
      }
      throw new EngineException.Unavailable(
          "the output of " + spec.command() + " ended before its exit code was known");
    }
    return new ExitCode(ended.path("ExitCode").asInt());
  }

  @Override
  public void execDetached(ContainerId id, ExecSpec spec) {
    String exec = create(id, spec, false, false);
    ObjectNode start = Json.object().put("Detach", true).put("Tty", spec.terminal());
    api.send("POST", "/exec/" + exec + "/start", start).close();
  }

  private String create(ContainerId id, ExecSpec spec, boolean input, boolean output) {
    ExecCreateCmd create =
        api.client()
            .execCreateCmd(id.value())
            .withCmd(spec.command().toArray(String[]::new))
            .withEnv(spec.environment())
            .withPrivileged(spec.privileged())
            .withTty(spec.terminal())
            .withAttachStdin(input)
            .withAttachStdout(output)
            .withAttachStderr(output);
    spec.user().ifPresent(create::withUser);
    spec.workingDirectory().ifPresent(create::withWorkingDir);
    return create.exec().getId();
  }

  @Override
  public ProcessList processes(ContainerId id, List<String> arguments) {
    String query =
        arguments.isEmpty() ? "" : "?ps_args=" + DockerApi.encode(String.join(" ", arguments));
    JsonNode answer = api.get("/containers/" + id + "/top" + query);
    var rows = new ArrayList<List<String>>();
    answer.path("Processes").forEach(it -> rows.add(Json.list(it)));
    return new ProcessList(Json.list(answer.path("Titles")), rows);
  }

  @Override
  public ContainerUsage usage(ContainerId id) {
    return UsageReading.usage(api.get("/containers/" + id + "/stats?stream=false&one-shot=true"));
  }

  @Override
  public ImageId commit(ContainerId id, CommitSpec spec) {
    var path = new StringBuilder("/commit?container=" + id + "&pause=" + spec.pause());
    spec.name()
        .ifPresent(
            it -> {
              path.append("&repo=").append(DockerApi.encode(it.familiarName()));
              path.append("&tag=").append(DockerApi.encode(it.tag().orElse("latest")));
            });
    spec.message().ifPresent(it -> path.append("&comment=").append(DockerApi.encode(it)));
    spec.author().ifPresent(it -> path.append("&author=").append(DockerApi.encode(it)));
    spec.changes().forEach(it -> path.append("&changes=").append(DockerApi.encode(it)));
    return new ImageId(api.post(path.toString(), null).path("Id").asText());
  }

  @Override
  public void attach(ContainerId id, Console console) {
    attach(id, console, "");
  }

  @Override
  public void attach(ContainerId id, Console console, String detachKeys) {
    boolean input = console.input().isPresent();
    boolean terminal = inspect(id).tty();
    HttpResponse streams =
        api.hijack(
            "/containers/"
                + id
                + "/attach?stream=1&stdout=1&stderr=1&stdin="
                + (input ? 1 : 0)
                + (detachKeys.isEmpty() ? "" : "&detachKeys=" + DockerApi.encode(detachKeys)),
            null,
            console.input());
    console.connected().accept((columns, rows) -> resize("/containers/" + id, columns, rows));
    copy(streams, () -> terminal, console.output());
  }

  /// The daemon answers that the streams are connected before the program runs, and a program that
  /// does not run has no size: hence some tries.
  private void resize(String path, int columns, int rows) {
    for (int i = 0; i < RESIZE_TRIES; i++) {
      try {
        api.send("POST", path + "/resize?h=" + rows + "&w=" + columns, null).close();
        return;
      } catch (EngineException.Conflict | EngineException.NotFound | EngineException.Failed e) {
        try {
          Thread.sleep(RESIZE_PAUSE);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /// The content type tells framed output from a terminal's, but only since version 1.42.
  private void copy(
      HttpResponse response, java.util.function.BooleanSupplier isTerminal, LogSink sink) {
    try (HttpBody body = response.body()) {
      String type = Optional.ofNullable(response.getHeader("content-type")).orElse("");
      boolean raw = !type.endsWith("multiplexed-stream") && isTerminal.getAsBoolean();
      OutputFrames.copy(body, raw, sink);
    } catch (IOException e) {
      if (e instanceof java.nio.channels.ClosedByInterruptException) {
        Thread.currentThread().interrupt();
      }
      if (!Thread.currentThread().isInterrupted()) {
        throw new EngineException.Unavailable("the output broke off: " + e.getMessage(), e);
      }
    }
  }
}
