package jcompose.core.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.NetworkDetails;
import jcompose.core.resource.NetworkSpec;

/// Networks as names, ids and labels, with who is attached.
final class FakeNetworks implements Networks {
  private final FakeEngine engine;
  private final Map<String, NetworkDetails> byName = new LinkedHashMap<>();
  private final Map<String, Integer> endpoints = new LinkedHashMap<>();
  private int made;

  FakeNetworks(FakeEngine engine) {
    this.engine = engine;
    for (String name : List.of("bridge", "host", "none")) {
      byName.put(name, details(name, name.equals("none") ? "null" : name, false, Map.of()));
    }
  }

  private NetworkDetails details(
      String name, String driver, boolean internal, Map<String, String> labels) {
    return new NetworkDetails("%064x".formatted(++made), name, driver, internal, labels);
  }

  @Override
  public synchronized List<NetworkDetails> list(List<String> labels) {
    return byName.values().stream().filter(it -> FakeEngine.matches(it.labels(), labels)).toList();
  }

  @Override
  public String create(NetworkSpec spec) {
    engine.called("create network " + spec.name());
    NetworkDetails network;
    synchronized (this) {
      if (byName.containsKey(spec.name())) {
        throw new EngineException.Conflict("network with name " + spec.name() + " already exists");
      }
      network =
          details(spec.name(), spec.driver().orElse("bridge"), spec.internal(), spec.labels());
      byName.put(spec.name(), network);
    }
    engine.emit("network", "create", network.id(), Map.of("name", spec.name()));
    return network.id();
  }

  @Override
  public void remove(String reference) {
    Optional<NetworkDetails> found = find(reference);
    engine.called("remove network " + found.map(NetworkDetails::name).orElse(reference));
    NetworkDetails network =
        found.orElseThrow(
            () -> new EngineException.NotFound("network " + reference + " not found"));
    synchronized (this) {
      if (endpoints.getOrDefault(network.name(), 0) > 0) {
        throw new EngineException.Conflict(
            "error while removing network: network " + network.name() + " has active endpoints");
      }
      byName.remove(network.name());
    }
    engine.emit("network", "destroy", network.id(), Map.of("name", network.name()));
  }

  synchronized Optional<NetworkDetails> find(String reference) {
    return byName.values().stream()
        .filter(it -> it.name().equals(reference) || it.id().equals(reference))
        .findFirst();
  }

  /// Counts one endpoint more, or one less.
  synchronized void attached(String name, int change) {
    endpoints.merge(name, change, Integer::sum);
  }
}
