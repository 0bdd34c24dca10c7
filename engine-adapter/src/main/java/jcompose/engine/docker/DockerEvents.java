package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jcompose.core.engine.EngineEvent;
import jcompose.core.engine.Events;

/// The `/events` stream: one connection and one thread a subscription.
final class DockerEvents implements Events {
  private final DockerApi api;
  private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

  DockerEvents(DockerApi api) {
    this.api = api;
  }

  @Override
  public Subscription subscribe(List<String> labels, Consumer<EngineEvent> listener) {
    // the daemon listens for us from the moment it has sent its headers
    HttpResponse response = api.send("GET", "/events?" + DockerApi.labelFilter(labels), null);
    var subscription =
        new Subscription() {
          @Override
          public void close() {
            open.remove(this);
            response.close();
          }
        };
    open.add(subscription);
    Thread.ofVirtual()
        .name("docker-events")
        .start(
            () -> {
              read(response, listener);
              subscription.close();
            });
    return subscription;
  }

  @Override
  public void read(
      List<String> labels,
      Optional<Instant> since,
      Optional<Instant> until,
      Consumer<EngineEvent> listener) {
    String path =
        "/events?"
            + DockerApi.labelFilter(labels)
            + since.map(it -> "&since=" + DockerContainers.seconds(it)).orElse("")
            + until.map(it -> "&until=" + DockerContainers.seconds(it)).orElse("");
    try (HttpResponse response = api.send("GET", path, null)) {
      read(response, listener);
    }
  }

  private static void read(HttpResponse response, Consumer<EngineEvent> listener) {
    try (MappingIterator<JsonNode> events =
        Json.MAPPER.readerFor(JsonNode.class).readValues(response.body())) {
      while (events.hasNextValue()) {
        listener.accept(event(events.nextValue()));
      }
    } catch (IOException e) {
      // the subscription was closed, or the daemon went away: there is nothing more to tell
    }
  }

  private static EngineEvent event(JsonNode json) {
    JsonNode actor = json.path("Actor");
    long nanos = json.path("timeNano").asLong();
    Map<String, String> attributes = Json.strings(actor.path("Attributes"));
    return new EngineEvent(
        Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L),
        json.path("Type").asText(),
        json.path("Action").asText(),
        actor.path("ID").asText(),
        attributes);
  }

  void close() {
    open.forEach(Subscription::close);
  }
}
