package jcompose.engine.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// Answers a container's questions from the names of its networks.
///
/// @param container what the container has now; asked anew for each question
final class NameResolver {
  private final NameTable names;
  private final Supplier<Attachment> container;

  NameResolver(NameTable names, Supplier<Attachment> container) {
    this.names = names;
    this.container = container;
  }

  /// The addresses of a name, IPv4 and IPv6; empty when no network of the container knows it. Of
  /// several networks the first that knows the name answers alone, so that a name has one meaning;
  /// of several containers with the name each comes first in turn.
  ///
  /// @param name without the root's dot
  List<InetAddress> lookup(String name) {
    var endpoints =
        container.get().endpoints().stream()
            .sorted(Comparator.comparingInt(Endpoint::gatewayPriority).reversed())
            .toList();
    for (Endpoint endpoint : endpoints) {
      var found = rotated(onNetwork(endpoint, name));
      if (!found.isEmpty()) {
        return found;
      }
    }
    // `container.network` names the network too.
    for (Endpoint endpoint : endpoints) {
      String suffix = "." + endpoint.networkName();
      if (name.length() > suffix.length()
          && name.regionMatches(
              true, name.length() - suffix.length(), suffix, 0, suffix.length())) {
        return rotated(onNetwork(endpoint, name.substring(0, name.length() - suffix.length())));
      }
    }
    return List.of();
  }

  private List<Endpoint> onNetwork(Endpoint endpoint, String name) {
    for (String link : endpoint.links()) {
      int colon = link.indexOf(':');
      String target = colon < 0 ? link : link.substring(0, colon);
      String alias = colon < 0 ? link : link.substring(colon + 1);
      if (alias.equalsIgnoreCase(name)) {
        return names.find(endpoint.networkId(), target);
      }
    }
    return names.find(endpoint.networkId(), name);
  }

  private static List<InetAddress> rotated(List<Endpoint> endpoints) {
    if (endpoints.isEmpty()) {
      return List.of();
    }
    var result = new ArrayList<InetAddress>();
    int start = ThreadLocalRandom.current().nextInt(endpoints.size());
    for (int i = 0; i < endpoints.size(); i++) {
      result.addAll(NameTable.addresses(endpoints.get((start + i) % endpoints.size())));
    }
    return result;
  }

  /// The name of an address on one of the container's networks.
  Optional<String> reverse(InetAddress address) {
    return names
        .host(address)
        .filter(
            host ->
                container.get().endpoints().stream()
                    .anyMatch(it -> it.networkId().equals(host.networkId())))
        .map(NameTable.Host::name);
  }

  /// Whether anything outside may be asked: a container on internal networks only could tell the
  /// outside by its questions.
  boolean forwards() {
    var attachment = container.get();
    return Gateways.of(attachment, false).isPresent() || Gateways.of(attachment, true).isPresent();
  }

  static boolean isIpv6(InetAddress address) {
    return address instanceof Inet6Address;
  }
}
