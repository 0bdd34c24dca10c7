package jcompose.engine.local;

import java.util.LinkedHashMap;
import java.util.Map;

/// Publishes events about containers with the attributes that dockerd gives them.
final class ContainerEvents {
  private final EventBus bus;

  ContainerEvents(EventBus bus) {
    this.bus = bus;
  }

  void publish(ContainerRecord container, String action) {
    publish(container, action, Map.of());
  }

  void publish(ContainerRecord container, String action, Map<String, String> more) {
    Map<String, String> attributes = new LinkedHashMap<>(container.merged().labels());
    attributes.put("image", container.spec().image());
    attributes.put("name", container.name().value());
    attributes.putAll(more);
    bus.publish("container", action, container.id().value(), attributes);
  }
}
