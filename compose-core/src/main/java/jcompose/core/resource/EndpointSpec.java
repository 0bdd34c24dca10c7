package jcompose.core.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container's attachment to one network.
///
/// @param links `container:alias` or `container`
/// @param gatewayPriority the endpoint with the highest one has the default route
public record EndpointSpec(
    List<String> aliases,
    List<String> links,
    Optional<String> ipv4Address,
    Optional<String> ipv6Address,
    List<String> linkLocalAddresses,
    Optional<String> macAddress,
    int gatewayPriority,
    Optional<String> interfaceName,
    Map<String, String> driverOptions) {

  public static final EndpointSpec DEFAULT =
      new EndpointSpec(
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          0,
          Optional.empty(),
          Map.of());

  public EndpointSpec {
    aliases = List.copyOf(aliases);
    links = List.copyOf(links);
    linkLocalAddresses = List.copyOf(linkLocalAddresses);
    driverOptions = Map.copyOf(driverOptions);
  }

  public EndpointSpec withAliases(List<String> value) {
    return new EndpointSpec(
        value,
        links,
        ipv4Address,
        ipv6Address,
        linkLocalAddresses,
        macAddress,
        gatewayPriority,
        interfaceName,
        driverOptions);
  }
}
