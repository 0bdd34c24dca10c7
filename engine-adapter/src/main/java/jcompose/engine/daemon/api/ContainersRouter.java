package jcompose.engine.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.FileChange;
import jcompose.core.resource.ProcessList;
import jcompose.core.resource.RestartPolicy;
import jcompose.core.resource.WaitCondition;
import jcompose.engine.local.CreateWarnings;
import jcompose.engine.local.LocalContainers;
import jcompose.engine.local.LocalContainers.View;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.local.ProcessTable;
import jcompose.engine.runtime.ContainerStartException;
import jcompose.engine.runtime.TerminalSize;

/// `/containers/…`, less what streams.
final class ContainersRouter {
  private final LocalEngine engine;
  private final LocalContainers containers;

  ContainersRouter(LocalEngine engine) {
    this.engine = engine;
    this.containers = engine.containers();
  }

  void register(Routes routes) {
    routes
        .add("GET", "/containers/json", this::list)
        .add("POST", "/containers/create", this::create)
        .add("POST", "/containers/prune", this::prune)
        .add("GET", "/containers/{id}/json", this::inspect)
        .add("POST", "/containers/{id}/start", this::start)
        .add("POST", "/containers/{id}/stop", this::stop)
        .add("POST", "/containers/{id}/restart", this::restart)
        .add("POST", "/containers/{id}/kill", this::kill)
        .add("POST", "/containers/{id}/pause", this::pause)
        .add("POST", "/containers/{id}/unpause", this::unpause)
        .add("POST", "/containers/{id}/wait", this::waitFor)
        .add("POST", "/containers/{id}/rename", this::rename)
        .add("POST", "/containers/{id}/resize", this::resize)
        .add("GET", "/containers/{id}/top", this::top)
        .add("GET", "/containers/{id}/changes", this::changes)
        .add("POST", "/containers/{id}/update", this::update)
        .add("DELETE", "/containers/{id}", this::remove);
  }

  private void list(ApiCall call) throws IOException {
    var filter = new ContainerFilter(call.filters(), engine);
    boolean all = call.flag("all") || filter.impliesAll() || call.parameter("limit").isPresent();
    boolean sizes = call.flag("size");
    int limit = call.number("limit").filter(it -> it > 0).orElse(Integer.MAX_VALUE);
    List<Map<String, Object>> found =
        containers.views().stream()
            .filter(it -> all || it.record().state().running())
            .filter(filter::accepts)
            .limit(limit)
            .map(
                it -> {
                  Map<String, Object> json = ContainerJson.listed(it);
                  if (sizes) {
                    ContainerJson.putSizes(json, it, engine);
                  }
                  return json;
                })
            .toList();
    call.json(200, found);
  }

  private void create(ApiCall call) throws IOException {
    CreateBody body = call.body(CreateBody.class);
    var translation = new CreateTranslation(body);
    Optional<ContainerName> name = call.parameter("name").map(ContainersRouter::name);
    ContainerSpec spec = translation.spec(call.parameter("platform"));
    ContainerId id = containers.create(name, spec, translation.options());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Id", id.value());
    answer.put("Warnings", CreateWarnings.of(spec));
    call.json(201, answer);
  }

  private static ContainerName name(String given) {
    String text = given.startsWith("/") ? given.substring(1) : given;
    if (!text.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw new EngineException.Invalid(
          "Invalid container name (%s), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
              .formatted(given));
    }
    return new ContainerName(text);
  }

  private static ContainerName newName(String given) {
    String rooted = given.startsWith("/") ? given : "/" + given;
    try {
      return name(rooted);
    } catch (EngineException.Invalid e) {
      throw new EngineException.Invalid("Error when allocating new name: " + e.getMessage());
    }
  }

  private void inspect(ApiCall call) throws IOException {
    View view = containers.view(call.place("id"));
    Map<String, Object> json = ContainerJson.inspected(view, containers);
    if (call.flag("size")) {
      ContainerJson.putSizes(json, view, engine);
    }
    call.json(200, json);
  }

  private void start(ApiCall call) throws IOException {
    try {
      call.empty(containers.start(call.place("id")) ? 204 : 304);
    } catch (EngineException.Failed e) {
      // A command that cannot be run is the client's mistake to dockerd.
      if (e.getCause() instanceof ContainerStartException start
          && (start.exitCode().value() == 126 || start.exitCode().value() == 127)) {
        throw new ApiException(400, String.valueOf(e.getMessage()));
      }
      throw e;
    } catch (EngineException.Conflict e) {
      // A port that somebody holds: dockerd's own failure.
      throw String.valueOf(e.getMessage()).startsWith("driver failed")
          ? new ApiException(500, String.valueOf(e.getMessage()))
          : e;
    }
  }

  private static Optional<Duration> grace(ApiCall call) {
    return call.number("t").map(Duration::ofSeconds);
  }

  private void stop(ApiCall call) throws IOException {
    boolean stopped = containers.stop(call.place("id"), call.parameter("signal"), grace(call));
    call.empty(stopped ? 204 : 304);
  }

  private void restart(ApiCall call) throws IOException {
    containers.restart(call.place("id"), call.parameter("signal"), grace(call));
    call.empty(204);
  }

  private void kill(ApiCall call) throws IOException {
    containers.kill(call.place("id"), call.parameter("signal").orElse("SIGKILL"));
    call.empty(204);
  }

  private void pause(ApiCall call) throws IOException {
    containers.pause(call.place("id"));
    call.empty(204);
  }

  private void unpause(ApiCall call) throws IOException {
    try {
      containers.unpause(call.place("id"));
    } catch (EngineException.Conflict e) {
      throw new ApiException(500, String.valueOf(e.getMessage())); // as dockerd
    }
    call.empty(204);
  }

  private static WaitCondition condition(ApiCall call) {
    String word = call.parameter("condition").orElse("");
    if (word.isEmpty()) {
      return WaitCondition.NOT_RUNNING;
    }
    return Arrays.stream(WaitCondition.values())
        .filter(it -> it.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new EngineException.Invalid("invalid condition: \"" + word + "\""));
  }

  /// The head goes out at once: clients start the container when they have it.
  private void waitFor(ApiCall call) throws IOException {
    CompletableFuture<Integer> exit = containers.exit(call.place("id"), condition(call));
    var gone = new CompletableFuture<Integer>();
    OutputStream out = call.stream(200, ApiCall.JSON);
    call.exchange().whenClientLeaves(() -> gone.completeExceptionally(new IOException("left")));
    Map<String, Object> answer = new LinkedHashMap<>();
    try {
      answer.put("StatusCode", CompletableFuture.anyOf(exit, gone).get());
    } catch (ExecutionException e) {
      throw new IOException("client left", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    out.write(Json.bytes(answer));
    out.write('\n');
    out.close();
  }

  private void rename(ApiCall call) throws IOException {
    String text = call.parameter("name").orElse("");
    if (text.isEmpty()) {
      throw new EngineException.Invalid("Neither old nor new names may be empty");
    }
    String id = containers.view(call.place("id")).record().id().value();
    try {
      containers.rename(id, newName(text));
    } catch (EngineException.Conflict e) {
      throw new EngineException.Conflict("Error when allocating new name: " + e.getMessage());
    }
    call.empty(204);
  }

  static TerminalSize size(ApiCall call) {
    int rows = call.number("h").orElse(0);
    int columns = call.number("w").orElse(0);
    if (rows < 0 || rows > 65535 || columns < 0 || columns > 65535) {
      throw new EngineException.Invalid("invalid resize height or width");
    }
    return new TerminalSize(rows, columns);
  }

  private void resize(ApiCall call) throws IOException {
    containers.resize(call.place("id"), size(call));
    call.empty(200);
  }

  private void top(ApiCall call) throws IOException {
    ProcessList found =
        ProcessTable.of(
            containers.processes(call.place("id")), call.parameter("ps_args").orElse("-ef"));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Titles", found.titles());
    json.put("Processes", found.rows());
    call.json(200, json);
    engine.publishContainer(call.place("id"), "top", Map.of());
  }

  private void changes(ApiCall call) throws IOException {
    List<Map<String, Object>> found = new ArrayList<>();
    for (var change : containers.changes(call.place("id"))) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("Path", change.path());
      json.put("Kind", kindNumber(change.kind()));
      found.add(json);
    }
    call.json(200, found.isEmpty() ? Json.MAPPER.nullNode() : found);
  }

  private static int kindNumber(FileChange.Kind kind) {
    return switch (kind) {
      case MODIFIED -> 0;
      case ADDED -> 1;
      case DELETED -> 2;
    };
  }

  private void update(ApiCall call) throws IOException {
    CreateBody.Host body = call.body(CreateBody.Host.class);
    Optional<RestartPolicy> restart =
        body.restartPolicy() == null || Given.text(body.restartPolicy().name()).isEmpty()
            ? Optional.empty()
            : Optional.of(CreateTranslation.restartPolicy(body.restartPolicy()));
    containers.update(call.place("id"), LimitsTranslation.limits(body), restart);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Warnings", null);
    call.json(200, answer);
  }

  private void remove(ApiCall call) throws IOException {
    if (call.flag("link")) {
      throw new EngineException.Unsupported("removing a link is not supported");
    }
    containers.remove(call.place("id"), call.flag("force"), call.flag("v"));
    call.empty(204);
  }

  private void prune(ApiCall call) throws IOException {
    Filters filters = call.filters().allow(Set.of("label", "label!", "until"));
    Optional<Instant> until = filters.values("until").stream().findFirst().map(Times::parse);
    var removed = new ArrayList<String>();
    long reclaimed = 0;
    for (View view : containers.views()) {
      var record = view.record();
      if (record.state().running()
          || !filters.labels(record.merged().labels())
          || until.filter(it -> record.created().isAfter(it)).isPresent()) {
        continue;
      }
      long written = containers.writtenBytes(record.id());
      if (removeUnlessChanged(record.id())) {
        reclaimed += written;
        removed.add(record.id().value());
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ContainersDeleted", removed.isEmpty() ? null : removed);
    answer.put("SpaceReclaimed", reclaimed);
    call.json(200, answer);
  }

  /// @return false when it was started or removed meanwhile
  private boolean removeUnlessChanged(ContainerId id) {
    try {
      containers.remove(id, false, false);
      return true;
    } catch (EngineException.NotFound | EngineException.Conflict changed) {
      return false;
    }
  }
}
