package jcompose.engine.network;

import java.util.Comparator;
import java.util.Optional;

/// Which of a container's endpoints leads out.
final class Gateways {
  // As Docker decides: the highest priority, then the network's name.
  private static final Comparator<Endpoint> ORDER =
      Comparator.comparingInt(Endpoint::gatewayPriority)
          .reversed()
          .thenComparing(Endpoint::networkName);

  private Gateways() {}

  /// The endpoint with the default route; internal networks have no gateway.
  static Optional<Endpoint> of(Attachment attachment, boolean ipv6) {
    return attachment.endpoints().stream()
        .filter(it -> (ipv6 ? it.ipv6Gateway() : it.ipv4Gateway()) != null)
        .min(ORDER);
  }

  /// The endpoint that published ports lead to: answers leave by the default route, so it is that
  /// one.
  static Optional<Endpoint> ofPorts(Attachment attachment, boolean ipv6) {
    return of(attachment, ipv6);
  }
}
