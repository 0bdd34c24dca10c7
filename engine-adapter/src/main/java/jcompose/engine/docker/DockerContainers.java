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
import jcompose.core.engine.Containers;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogRequest;
import jcompose.core.engine.LogSink;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExitCode;

/// The `/containers` and `/exec` calls.
final class DockerContainers implements Containers {
  /// Since this version a container is created with all its endpoints at once.
  private static final String SEVERAL_ENDPOINTS = "1.44";

  private final DockerApi api;

  DockerContainers(DockerApi api) {
    this.api = api;
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
    String path =
        "/containers/create?name="
            + DockerApi.encode(name.value())
            + spec.platform().map(it -> "&platform=" + DockerApi.encode(it)).orElse("");
    ObjectNode body = ContainerBody.of(spec);
    if (api.version().atLeast(SEVERAL_ENDPOINTS)) {
      return new ContainerId(api.post(path, body).path("Id").asText());
    }
    return createThenConnect(path, body, spec);
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
    try {
      networks.forEach((network, endpoint) -> connect(id, network, endpoint));
    } catch (EngineException e) {
      remove(id, true, true);
      throw e;
    }
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
  public void stop(ContainerId id, Optional<Duration> grace) {
    api.send("POST", "/containers/" + id + "/stop" + wait("?", grace), null).close();
  }

  @Override
  public void kill(ContainerId id, String signal) {
    api.client().killContainerCmd(id.value()).withSignal(signal).exec();
  }

  @Override
  public void restart(ContainerId id, Optional<Duration> grace) {
    api.send("POST", "/containers/" + id + "/restart" + wait("?", grace), null).close();
  }

  /// Whole seconds, rounded up: half a second of grace is not none.
  private static String wait(String before, Optional<Duration> grace) {
    return grace.map(it -> before + "t=" + it.plusNanos(999_999_999L).toSeconds()).orElse("");
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
    JsonNode answer = api.post("/containers/" + id + "/wait?condition=not-running", null);
    String error = answer.path("Error").path("Message").asText();
    if (!error.isEmpty()) {
      throw new EngineException.Failed(error);
    }
    return new ExitCode(answer.path("StatusCode").asInt());
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
  private static String seconds(Instant time) {
    return time.getEpochSecond() + "." + "%09d".formatted(time.getNano());
  }

  @Override
  public ExitCode exec(
      ContainerId id,
      List<String> command,
      List<String> environment,
      Optional<String> user,
      Optional<String> workingDirectory,
      boolean privileged,
      LogSink sink) {
    ExecCreateCmd create =
        api.client()
            .execCreateCmd(id.value())
            .withCmd(command.toArray(String[]::new))
            .withEnv(environment)
            .withPrivileged(privileged)
            .withAttachStdout(true)
            .withAttachStderr(true);
    user.ifPresent(create::withUser);
    workingDirectory.ifPresent(create::withWorkingDir);
    String exec = create.exec().getId();
    ObjectNode start = Json.object().put("Detach", false).put("Tty", false);
    copy(api.send("POST", "/exec/" + exec + "/start", start), () -> false, sink);
    JsonNode ended = api.get("/exec/" + exec + "/json");
    if (ended.path("ExitCode").isNull()) {
      throw new EngineException.Unavailable(
          "the output of " + command + " ended before its exit code was known");
    }
    return new ExitCode(ended.path("ExitCode").asInt());
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
