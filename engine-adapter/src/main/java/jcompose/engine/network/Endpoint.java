package jcompose.engine.network;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container's attachment to one network.
///
/// @param id 64 hex digits
/// @param interfaceName in the container, `eth0`
/// @param hostInterface the other end, on the bridge
/// @param ipv4 and `ipv6`: addresses without prefix length
/// @param ipv4Prefix 0 without an IPv4 address; `ipv6Prefix` likewise
/// @param names what other containers on the network find it by: its name, short id, aliases,
///   hostname
/// @param aliases those asked for
/// @param links `container:alias` or `container`, names only this container knows
/// @param gatewayPriority the highest has the default route
public record Endpoint(
    String id,
    String networkId,
    String networkName,
    String interfaceName,
    String hostInterface,
    String macAddress,
    @Nullable String ipv4,
    int ipv4Prefix,
    @Nullable String ipv4Gateway,
    @Nullable String ipv6,
    int ipv6Prefix,
    @Nullable String ipv6Gateway,
    List<String> linkLocalAddresses,
    List<String> names,
    List<String> aliases,
    List<String> links,
    int gatewayPriority,
    Map<String, String> driverOptions) {
  public Endpoint {
    linkLocalAddresses = List.copyOf(linkLocalAddresses);
    names = List.copyOf(names);
    aliases = List.copyOf(aliases);
    links = List.copyOf(links);
    driverOptions = Map.copyOf(driverOptions);
  }

  Endpoint withNames(List<String> value) {
    return new Endpoint(
        id,
        networkId,
        networkName,
        interfaceName,
        hostInterface,
        macAddress,
        ipv4,
        ipv4Prefix,
        ipv4Gateway,
        ipv6,
        ipv6Prefix,
        ipv6Gateway,
        linkLocalAddresses,
        value,
        aliases,
        links,
        gatewayPriority,
        driverOptions);
  }
}
