package jcompose.engine.local;

import java.util.List;
import java.util.Map;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.Networks;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.NetworkDetails;
import jcompose.core.resource.NetworkSpec;
import jcompose.engine.network.Endpoint;
import jcompose.engine.network.NetworkRecord;

/// The bundled engine's networks.
public final class LocalNetworks implements Networks {
  private final Parts parts;

  LocalNetworks(Parts parts) {
    this.parts = parts;
  }

  @Override
  public List<NetworkDetails> list(List<String> labels) {
    return records().stream()
        .filter(it -> LocalEvents.carries(it.labels(), labels))
        .map(it -> new NetworkDetails(it.id(), it.name(), it.driver(), it.internal(), it.labels()))
        .toList();
  }

  public List<NetworkRecord> records() {
    return parts.networks().list();
  }

  /// @param reference id, name, or the beginning of an id
  /// @throws EngineException.NotFound `network NAME not found`
  public NetworkRecord get(String reference) {
    return parts.networks().find(reference);
  }

  /// Running containers on it.
  public Map<ContainerId, Endpoint> endpoints(String networkId) {
    return parts.networks().endpoints(networkId);
  }

  @Override
  public String create(NetworkSpec spec) {
    NetworkRecord made = parts.networks().create(spec);
    publish(made, "create");
    return made.id();
  }

  @Override
  public void remove(String reference) {
    NetworkRecord network = get(reference);
    parts.networks().remove(network.id());
    publish(network, "destroy");
  }

  /// Removes a network unless a container, running or not, is to be attached to it.
  ///
  /// @return whether it was removed
  public boolean removeUnused(NetworkRecord network) {
    boolean used =
        parts.index().all().stream()
            .anyMatch(
                it ->
                    ContainerStart.usesNetworks(it.record())
                        && ContainerStart.networks(it.record()).keySet().stream()
                            .anyMatch(n -> n.equals(network.name()) || n.equals(network.id())));
    if (used || network.predefined() || !endpoints(network.id()).isEmpty()) {
      return false;
    }
    remove(network.id());
    return true;
  }

  private void publish(NetworkRecord network, String action) {
    parts
        .bus()
        .publish(
            "network",
            action,
            network.id(),
            Map.of("name", network.name(), "type", network.driver()));
  }
}
