package jcompose.engine.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogRequest;
import jcompose.engine.daemon.http.RawStream;
import jcompose.engine.daemon.http.WebSocketStream;
import jcompose.engine.local.LocalContainers;
import jcompose.engine.local.LocalContainers.View;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.runtime.AttachRequest;
import jcompose.engine.runtime.Attachment;

/// Logs, attach and stats: what streams for as long as a container runs or a client listens.
final class ContainerStreamsRouter {
  private final LocalEngine engine;
  private final LocalContainers containers;

  ContainerStreamsRouter(LocalEngine engine) {
    this.engine = engine;
    this.containers = engine.containers();
  }

  void register(Routes routes) {
    routes
        .add("GET", "/containers/{id}/logs", this::logs)
        .add("POST", "/containers/{id}/attach", this::attach)
        .add("GET", "/containers/{id}/attach/ws", this::attachWebSocket)
        .add("GET", "/containers/{id}/stats", this::stats);
  }

  private void logs(ApiCall call) throws IOException {
    View view = containers.view(call.place("id"));
    boolean stdout = call.flag("stdout");
    boolean stderr = call.flag("stderr");
    if (!stdout && !stderr) {
      throw new EngineException.Invalid("Bad parameters: you must choose at least one stream");
    }
    var request =
        new LogRequest(
            call.flag("follow"),
            tail(call),
            instant(call, "since"),
            instant(call, "until"),
            call.flag("timestamps"));
    String id = view.record().id().value();
    if (view.record().spec().logging().filter(it -> it.driver().equals("none")).isPresent()) {
      throw new EngineException.Unsupported("configured logging driver does not support reading");
    }
    boolean tty = view.record().spec().process().tty();
    String contentType =
        tty || !call.version().atLeast(42) ? HijackedSession.RAW : HijackedSession.MULTIPLEXED;
    OutputStream out = call.stream(200, contentType);
    if (request.follow()) {
      call.exchange().whenClientLeaves(Thread.currentThread()::interrupt);
    }
    try {
      containers.logs(
          id, request, call.flag("details"), StreamFrames.lines(out, tty, stdout, stderr));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!Thread.interrupted()) {
      out.close();
    }
  }

  private static Optional<Integer> tail(ApiCall call) {
    return call.parameter("tail")
        .filter(it -> !it.equals("all"))
        .flatMap(
            it -> {
              try {
                int lines = Integer.parseInt(it);
                return lines < 0 ? Optional.empty() : Optional.of(lines);
              } catch (NumberFormatException e) {
                return Optional.empty(); // as dockerd: all
              }
            });
  }

  private static Optional<Instant> instant(ApiCall call, String name) {
    return call.parameter(name).filter(it -> !it.equals("0")).map(Times::parse);
  }

  private void attach(ApiCall call) throws IOException {
    var wanted = new AttachRequest(call.flag("stdin"), call.flag("stdout"), call.flag("stderr"));
    boolean tty = containers.view(call.place("id")).record().spec().process().tty();
    String contentType = HijackedSession.contentType(call, tty);
    attach(call, wanted, tty, () -> call.exchange().hijack(contentType));
  }

  /// Both outputs come unframed, as messages; before 1.42 no stream could be chosen.
  private void attachWebSocket(ApiCall call) throws IOException {
    boolean all = !call.version().atLeast(42);
    var wanted =
        new AttachRequest(
            all || call.flag("stdin"), all || call.flag("stdout"), all || call.flag("stderr"));
    containers.view(call.place("id"));
    String key =
        call.request()
            .header("sec-websocket-key")
            .filter(_ -> call.request().headerHas("connection", "upgrade"))
            .orElseThrow(() -> new EngineException.Invalid("not a WebSocket handshake"));
    attach(
        call,
        wanted,
        true,
        () -> {
          call.exchange().header("Sec-WebSocket-Accept", WebSocketStream.accept(key));
          return new WebSocketStream(call.exchange().hijack(HijackedSession.RAW));
        });
  }

  @FunctionalInterface
  private interface Hijack {
    RawStream run() throws IOException;
  }

  private void attach(ApiCall call, AttachRequest wanted, boolean unframed, Hijack hijack)
      throws IOException {
    var record = containers.view(call.place("id")).record();
    String id = record.id().value();
    boolean tty = record.spec().process().tty();
    boolean stdin = wanted.stdin() && record.spec().process().openStdin();
    boolean stdout = wanted.stdout();
    boolean stderr = wanted.stderr();
    DetachKeys keys =
        tty ? DetachKeys.parse(call.parameter("detachKeys").orElse("")) : DetachKeys.none();
    boolean live = call.flag("stream");
    CompletableFuture<Attachment> attaching =
        live
            ? containers.attach(id, new AttachRequest(stdin, stdout, stderr))
            : CompletableFuture.failedFuture(new EngineException.NotFound("no stream wanted"));
    RawStream client = hijack.run();
    var sink = new StreamFrames(client.output(), unframed, stdout, stderr);
    if (call.flag("logs")) {
      try {
        containers.logs(id, LogRequest.ALL, false, sink);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    Attachment attachment;
    try {
      attachment = attaching.get();
    } catch (ExecutionException e) {
      client.closeOutput(); // the start failed: its own answer says why
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (new HijackedSession(client, attachment).run(stdin, keys, sink, () -> {})) {
      engine.publishContainer(id, "detach", Map.of());
    }
  }

  private void stats(ApiCall call) throws IOException {
    String id = containers.view(call.place("id")).record().id().value();
    boolean stream = call.request().flag("stream", true);
    boolean oneShot = call.flag("one-shot");
    var json = new StatsJson(containers, id);
    OutputStream out = call.stream(200, ApiCall.JSON);
    Thread me = Thread.currentThread();
    call.exchange().whenClientLeaves(me::interrupt);
    try {
      if (!stream && !oneShot) {
        json.next(); // the second reading has something to compare with
        Thread.sleep(1000);
      }
      do {
        Optional<Map<String, Object>> reading = json.next();
        if (reading.isEmpty()) {
          break;
        }
        out.write(Json.bytes(reading.get()));
        out.write("\n".getBytes(StandardCharsets.UTF_8));
        if (stream) {
          Thread.sleep(1000);
        }
      } while (stream);
      out.close();
    } catch (InterruptedException e) {
      throw new IOException("client left", e);
    }
  }
}
