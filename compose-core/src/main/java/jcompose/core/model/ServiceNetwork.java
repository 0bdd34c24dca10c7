package jcompose.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How a service joins one network.
///
/// @param priority the highest is connected first and is the main network
/// @param gwPriority the highest gives the default gateway
public record ServiceNetwork(
    List<String> aliases,
    Optional<String> ipv4Address,
    Optional<String> ipv6Address,
    Optional<String> macAddress,
    int priority,
    int gwPriority,
    List<String> linkLocalIps,
    SequencedMap<String, String> driverOpts,
    Optional<String> interfaceName) {

  public static final ServiceNetwork DEFAULT =
      new ServiceNetwork(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          0,
          List.of(),
          Copies.ordered(Map.of()),
          Optional.empty());

  public ServiceNetwork {
    aliases = List.copyOf(aliases);
    linkLocalIps = List.copyOf(linkLocalIps);
    driverOpts = Copies.ordered(driverOpts);
  }
}
