package jcompose.core.engine;

import java.time.Instant;
import java.util.Map;

/// One event of an engine.
///
/// @param type `container`, `image`, `network`, `volume`
/// @param action the Engine API's word: `create`, `start`, `die`, `health_status: healthy`, …
/// @param actorId the container's id, the volume's name, …
/// @param attributes the container's labels among them, and `name`, `exitCode`, …
public record EngineEvent(
    Instant time, String type, String action, String actorId, Map<String, String> attributes) {
  public EngineEvent {
    attributes = Map.copyOf(attributes);
  }
}
