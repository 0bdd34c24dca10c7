package jcompose.engine.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Who is called what on each network. Names are compared without case (RFC 4343). Safe for use by
/// many threads; look-ups take no lock.
final class NameTable {
  private final ConcurrentMap<Key, List<Endpoint>> byName = new ConcurrentHashMap<>();
  private final ConcurrentMap<InetAddress, Host> byAddress = new ConcurrentHashMap<>();

  private record Key(String networkId, String name) {}

  /// Whom an address belongs to.
  ///
  /// @param name `container.network`
  record Host(String networkId, String name) {}

  void add(Endpoint endpoint, String containerName) {
    for (String name : endpoint.names()) {
      byName.merge(key(endpoint.networkId(), name), List.of(endpoint), NameTable::joined);
    }
    var host = new Host(endpoint.networkId(), containerName + "." + endpoint.networkName());
    addresses(endpoint).forEach(it -> byAddress.put(it, host));
  }

  void remove(Endpoint endpoint) {
    for (String name : endpoint.names()) {
      byName.computeIfPresent(
          key(endpoint.networkId(), name),
          (_, endpoints) -> {
            var rest = endpoints.stream().filter(it -> !it.id().equals(endpoint.id())).toList();
            return rest.isEmpty() ? null : rest;
          });
    }
    addresses(endpoint).forEach(byAddress::remove);
  }

  /// All endpoints of a name on a network, in the order they came.
  List<Endpoint> find(String networkId, String name) {
    return byName.getOrDefault(key(networkId, name), List.of());
  }

  Optional<Host> host(InetAddress address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  static List<InetAddress> addresses(Endpoint endpoint) {
    var result = new ArrayList<InetAddress>(2);
    if (endpoint.ipv4() != null) {
      result.add(Cidr.literal(endpoint.ipv4()));
    }
    if (endpoint.ipv6() != null) {
      result.add(Cidr.literal(endpoint.ipv6()));
    }
    return result;
  }

  private static Key key(String networkId, String name) {
    return new Key(networkId, name.toLowerCase(Locale.ROOT));
  }

  private static List<Endpoint> joined(List<Endpoint> before, List<Endpoint> added) {
    var result = new ArrayList<>(before);
    result.addAll(added);
    return List.copyOf(result);
  }
}
