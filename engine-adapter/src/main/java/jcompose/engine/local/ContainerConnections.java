package jcompose.engine.local;

import java.util.LinkedHashMap;
import java.util.Map;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.EndpointSpec;
import jcompose.engine.network.NetworkRecord;

/// How containers join networks and leave them, while they run or for their next start.
public final class ContainerConnections {
  private final Parts parts;

  ContainerConnections(Parts parts) {
    this.parts = parts;
  }

  public void connect(String reference, String network, EndpointSpec endpoint) {
    Container container = parts.index().get(reference);
    try (var _ = container.lock()) {
      NetworkRecord target = parts.networks().find(network);
      ContainerRecord record = container.record();
      if (!ContainerStart.usesNetworks(record)) {
        throw new EngineException.Denied(
            "container sharing network namespace with another container or host cannot be connected"
                + " to any other network");
      }
      Map<String, EndpointSpec> networks = new LinkedHashMap<>(ContainerStart.networks(record));
      if (networks.containsKey(target.name()) || networks.containsKey(target.id())) {
        throw new EngineException.Denied(
            "endpoint with name %s already exists in network %s"
                .formatted(record.name(), target.name()));
      }
      networks.put(target.name(), endpoint);
      ContainerRecord changed = record.withSpec(Specs.withNetworks(record.spec(), networks));
      if (container.process() != null) {
        changed =
            changed.withAttachment(parts.networks().attach(record.id(), target.name(), endpoint));
      }
      container.save(changed);
      publish(target, "connect", record);
    }
  }

  public void disconnect(String reference, String network) {
    Container container = parts.index().get(reference);
    try (var _ = container.lock()) {
      NetworkRecord target = parts.networks().find(network);
      ContainerRecord record = container.record();
      Map<String, EndpointSpec> networks = new LinkedHashMap<>(ContainerStart.networks(record));
      if (networks.remove(target.name()) == null && networks.remove(target.id()) == null) {
        throw new EngineException.Denied(
            "container %s is not connected to network %s".formatted(record.id(), target.name()));
      }
      ContainerRecord changed = record.withSpec(Specs.withNetworks(record.spec(), networks));
      if (container.process() != null) {
        changed = changed.withAttachment(parts.networks().detach(record.id(), target.name()));
      }
      container.save(changed);
      publish(target, "disconnect", record);
    }
  }

  private void publish(NetworkRecord network, String action, ContainerRecord container) {
    parts
        .bus()
        .publish(
            "network",
            action,
            network.id(),
            Map.of(
                "container",
                container.id().value(),
                "name",
                network.name(),
                "type",
                network.driver()));
  }
}
