package jcompose.engine.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineEvent;
import jcompose.engine.local.EventBus;
import jcompose.engine.local.LocalEngine;

/// `/events`: what happens, one JSON object a line, as it happens.
final class EventsRouter {
  private static final Set<String> FILTERS =
      Set.of(
          "config",
          "container",
          "daemon",
          "event",
          "image",
          "label",
          "network",
          "node",
          "plugin",
          "scope",
          "secret",
          "service",
          "type",
          "volume");

  private final LocalEngine engine;

  EventsRouter(LocalEngine engine) {
    this.engine = engine;
  }

  void register(Routes routes) {
    routes.add("GET", "/events", this::follow);
  }

  private void follow(ApiCall call) throws IOException {
    Filters filters = call.filters().allow(FILTERS);
    Optional<Instant> since = call.parameter("since").map(Times::parse);
    Optional<Instant> until = call.parameter("until").map(Times::parse);
    try (EventBus.Listener listener = engine.bus().listen(it -> wanted(it, filters), since);
        OutputStream out = call.stream(200, ApiCall.JSON)) {
      call.exchange().whenClientLeaves(listener::close);
      until.ifPresent(end -> closeAt(listener, end));
      for (var event = listener.take(); event.isPresent(); event = listener.take()) {
        if (until.isPresent() && event.get().time().isAfter(until.get())) {
          return;
        }
        out.write(line(event.get()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeAt(EventBus.Listener listener, Instant end) {
    Duration rest = Duration.between(Instant.now(), end);
    if (rest.isNegative()) {
      listener.close();
      return;
    }
    Thread.ofVirtual()
        .name("events until")
        .start(
            () -> {
              try {
                Thread.sleep(rest);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              listener.close();
            });
  }

  static boolean wanted(EngineEvent event, Filters filters) {
    String action = event.action();
    int colon = action.indexOf(':');
    String plain = colon < 0 ? action : action.substring(0, colon);
    return filters.any("event", it -> it.equals(action) || it.equals(plain))
        && filters.any("type", it -> it.equals(event.type()))
        && filters.any("scope", it -> it.equals("local"))
        && filters.labels(event.attributes())
        && isAbout(event, filters, "container")
        && isAbout(event, filters, "network")
        && isAbout(event, filters, "volume")
        && isImage(event, filters);
  }

  /// As dockerd does, by the beginning of the id or the name, whatever the type of the event.
  private static boolean isAbout(EngineEvent event, Filters filters, String filter) {
    String name = event.attributes().getOrDefault("name", "");
    return filters.any(filter, it -> event.actorId().startsWith(it) || name.startsWith(it));
  }

  private static boolean isImage(EngineEvent event, Filters filters) {
    return filters.any(
        "image",
        it ->
            switch (event.type()) {
              case "image" ->
                  event.actorId().equals(it)
                      || withoutTag(event.actorId()).equals(it)
                      || it.equals(event.attributes().get("name"));
              case "container" -> {
                String image = event.attributes().getOrDefault("image", "");
                yield image.equals(it) || withoutTag(image).equals(it);
              }
              default -> false;
            });
  }

  private static String withoutTag(String reference) {
    int colon = reference.lastIndexOf(':');
    return colon > reference.lastIndexOf('/') ? reference.substring(0, colon) : reference;
  }

  private static byte[] line(EngineEvent event) {
    Map<String, Object> actor = new LinkedHashMap<>();
    actor.put("ID", event.actorId());
    actor.put("Attributes", event.attributes());
    Map<String, Object> json = new LinkedHashMap<>();
    if (event.type().equals("container") || event.type().equals("image")) {
      json.put("status", event.action());
      json.put("id", event.actorId());
      String from = event.attributes().get("image");
      if (event.type().equals("container") && from != null) {
        json.put("from", from);
      }
    }
    json.put("Type", event.type());
    json.put("Action", event.action());
    json.put("Actor", actor);
    json.put("scope", "local");
    Instant at = event.time();
    json.put("time", at.getEpochSecond());
    json.put("timeNano", at.getEpochSecond() * 1_000_000_000L + at.getNano());
    return Json.line(json);
  }
}
