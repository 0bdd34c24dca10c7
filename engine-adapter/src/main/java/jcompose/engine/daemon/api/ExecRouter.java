package jcompose.engine.daemon.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogSink;
import jcompose.engine.daemon.http.RawStream;
import jcompose.engine.local.ExecSessions;
import jcompose.engine.local.ExecSessions.Exec;
import jcompose.engine.local.ExecSessions.ExecRequest;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.runtime.ContainerStartException;
import jcompose.engine.runtime.ExecSession;
import jcompose.engine.runtime.TerminalSize;
import org.jspecify.annotations.Nullable;

/// `/containers/{id}/exec` and `/exec/…`.
final class ExecRouter {
  private static final Duration CLOSED_BEFORE_EXIT = Duration.ofSeconds(2);

  private final ExecSessions execs;

  ExecRouter(LocalEngine engine) {
    this.execs = engine.containers().execs();
  }

  void register(Routes routes) {
    routes
        .add("POST", "/containers/{id}/exec", this::create)
        .add("POST", "/exec/{id}/start", this::start)
        .add("POST", "/exec/{id}/resize", this::resize)
        .add("GET", "/exec/{id}/json", this::inspect);
  }

  record Create(
      @Nullable Boolean attachStdin,
      @Nullable Boolean attachStdout,
      @Nullable Boolean attachStderr,
      @Nullable Boolean tty,
      @Nullable String detachKeys,
      @Nullable List<String> env,
      @Nullable List<String> cmd,
      @Nullable Boolean privileged,
      @Nullable String user,
      @Nullable String workingDir,
      @Nullable List<Integer> consoleSize) {}

  record Start(
      @Nullable Boolean detach, @Nullable Boolean tty, @Nullable List<Integer> consoleSize) {}

  private void create(ApiCall call) throws IOException {
    Create body = call.body(Create.class);
    Exec exec =
        execs.create(
            call.place("id"),
            new ExecRequest(
                Given.list(body.cmd()),
                Given.list(body.env()),
                Given.text(body.user()),
                Given.text(body.workingDir()),
                Given.flag(body.privileged()),
                Given.flag(body.attachStdin()),
                Given.flag(body.attachStdout()),
                Given.flag(body.attachStderr()),
                Given.flag(body.tty()),
                size(body.consoleSize()),
                Given.text(body.detachKeys()).orElse("")));
    call.json(201, Map.of("Id", exec.id()));
  }

  private static Optional<TerminalSize> size(@Nullable List<Integer> size) {
    return size != null && size.size() == 2 && size.get(0) > 0 && size.get(1) > 0
        ? Optional.of(new TerminalSize(size.get(0), size.get(1)))
        : Optional.empty();
  }

  private void start(ApiCall call) throws IOException {
    Start body = call.optionalBody(Start.class);
    Exec exec = execs.get(call.place("id"));
    Optional<TerminalSize> size = body == null ? Optional.empty() : size(body.consoleSize());
    if (body != null && Given.flag(body.detach())) {
      try {
        execs.start(exec, size).attachment().close();
      } catch (ContainerStartException e) {
        throw new EngineException.Invalid(String.valueOf(e.getMessage()));
      }
      call.empty(200);
      return;
    }
    ExecRequest request = exec.request();
    boolean tty = request.tty();
    RawStream client = call.exchange().hijack(HijackedSession.contentType(call, tty));
    var sink = new StreamFrames(client.output(), tty, request.stdout(), request.stderr());
    ExecSession session;
    try {
      session = execs.start(exec, size);
    } catch (ContainerStartException | EngineException e) {
      byte[] text = (e.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8);
      new StreamFrames(client.output(), tty, true, true)
          .write(LogSink.Stream.STDOUT, text, 0, text.length);
      client.closeOutput();
      return;
    }
    DetachKeys keys =
        tty && request.stdin() ? DetachKeys.parse(request.detachKeys()) : DetachKeys.none();
    new HijackedSession(client, session.attachment())
        // Clients ask for the exit code as soon as the output has ended.
        .run(request.stdin(), keys, sink, () -> exec.awaitEnd(CLOSED_BEFORE_EXIT));
  }

  private void resize(ApiCall call) throws IOException {
    execs.resize(call.place("id"), ContainersRouter.size(call));
    call.empty(200);
  }

  private void inspect(ApiCall call) throws IOException {
    Exec exec = execs.get(call.place("id"));
    ExecRequest request = exec.request();
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("tty", request.tty());
    process.put("entrypoint", request.command().getFirst());
    process.put("arguments", request.command().subList(1, request.command().size()));
    process.put("privileged", request.privileged());
    request.user().ifPresent(it -> process.put("user", it));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ID", exec.id());
    json.put("Running", exec.running());
    json.put("ExitCode", exec.exitCode().orElse(null));
    json.put("ProcessConfig", process);
    json.put("OpenStdin", request.stdin());
    json.put("OpenStderr", request.stderr());
    json.put("OpenStdout", request.stdout());
    json.put("CanRemove", false);
    json.put("ContainerID", exec.containerId());
    json.put("DetachKeys", request.detachKeys());
    json.put("Pid", exec.pid());
    call.json(200, json);
  }
}
