package jcompose.engine.network;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jcompose.core.engine.EngineException;

/// The networks in memory and on disk, each with its addresses. Safe for use by many threads.
final class NetworkTable {
  private static final int SHORTEST_PREFIX = 1;

  private final NetworkFiles files;
  private final ConcurrentMap<String, Entry> byId = new ConcurrentHashMap<>();

  private record Entry(NetworkRecord network, List<SubnetAddresses> subnets) {}

  NetworkTable(NetworkFiles files) {
    this.files = files;
    files.load().forEach(this::put);
  }

  List<NetworkRecord> list() {
    return byId.values().stream()
        .map(Entry::network)
        .sorted(Comparator.comparing(NetworkRecord::created).thenComparing(NetworkRecord::name))
        .toList();
  }

  /// By id, else by name, else by a prefix of one id.
  Optional<NetworkRecord> lookup(String reference) {
    Entry exact = byId.get(reference);
    if (exact != null) {
      return Optional.of(exact.network());
    }
    var networks = list();
    Optional<NetworkRecord> named =
        networks.stream().filter(it -> it.name().equals(reference)).findFirst();
    if (named.isPresent() || !reference.matches("[0-9a-f]{" + SHORTEST_PREFIX + ",64}")) {
      return named;
    }
    var matching = networks.stream().filter(it -> it.id().startsWith(reference)).toList();
    if (matching.size() > 1) {
      throw new EngineException.Invalid(
          "network "
              + reference
              + " is ambiguous ("
              + matching.size()
              + " matches found on ID prefix)");
    }
    return matching.stream().findFirst();
  }

  NetworkRecord find(String reference) {
    return lookup(reference)
        .orElseThrow(() -> new EngineException.NotFound("network " + reference + " not found"));
  }

  void add(NetworkRecord network) {
    files.save(network);
    put(network);
  }

  void remove(NetworkRecord network) {
    files.delete(network);
    byId.remove(network.id());
  }

  private void put(NetworkRecord network) {
    byId.put(
        network.id(),
        new Entry(network, network.subnets().stream().map(SubnetAddresses::new).toList()));
  }

  /// The subnets of one family of a network.
  List<SubnetAddresses> subnets(String networkId, boolean ipv6) {
    Entry entry = byId.get(networkId);
    return entry == null
        ? List.of()
        : entry.subnets().stream().filter(it -> it.subnet().ipv6() == ipv6).toList();
  }

  void free(String networkId, InetAddress address) {
    Entry entry = byId.get(networkId);
    if (entry != null) {
      entry.subnets().stream()
          .filter(it -> it.subnet().contains(address))
          .forEach(it -> it.free(address));
    }
  }
}
