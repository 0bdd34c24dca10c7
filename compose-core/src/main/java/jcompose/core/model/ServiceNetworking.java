package jcompose.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How a service is reached and what it reaches.
///
/// @param networkMode `host`, `none`, `bridge`, `service:X`, `container:X` or a network's name
/// @param networks by the project's network key, in the order of the file
/// @param ports one entry a published port, in the order of the file
/// @param expose `port[-port][/protocol]`
/// @param extraHosts `host=address`, an address of IPv6 without brackets
/// @param links `service[:alias]`
/// @param externalLinks `container[:alias]`
public record ServiceNetworking(
    Optional<String> networkMode,
    SequencedMap<String, ServiceNetwork> networks,
    List<Port> ports,
    List<String> expose,
    Optional<String> hostname,
    Optional<String> domainname,
    Optional<String> macAddress,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOpt,
    List<String> extraHosts,
    List<String> links,
    List<String> externalLinks) {

  public static final ServiceNetworking DEFAULT =
      new ServiceNetworking(
          Optional.empty(),
          Copies.ordered(Map.of()),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  public ServiceNetworking {
    networks = Copies.ordered(networks);
    ports = List.copyOf(ports);
    expose = List.copyOf(expose);
    dns = List.copyOf(dns);
    dnsSearch = List.copyOf(dnsSearch);
    dnsOpt = List.copyOf(dnsOpt);
    extraHosts = List.copyOf(extraHosts);
    links = List.copyOf(links);
    externalLinks = List.copyOf(externalLinks);
  }
}
