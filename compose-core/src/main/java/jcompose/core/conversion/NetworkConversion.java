package jcompose.core.conversion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Network;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.model.ServiceNetwork;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.NameResolution;
import jcompose.core.resource.NetworkSpec;
import jcompose.core.resource.NetworkSpec.AddressPool;

/// Networks, and how containers join them.
public final class NetworkConversion {
  private NetworkConversion() {}

  /// A network of the project as an engine is asked for it.
  public static NetworkSpec network(Project project, Network network) {
    List<AddressPool> pools =
        network.ipam().map(Network.Ipam::config).orElse(List.of()).stream()
            .map(it -> new AddressPool(it.subnet(), it.gateway(), it.ipRange(), it.auxAddresses()))
            .toList();
    return new NetworkSpec(
        network.name(),
        network.driver(),
        network.internal(),
        network.attachable(),
        network.enableIpv4(),
        network.enableIpv6(),
        network.ipam().flatMap(Network.Ipam::driver),
        network.ipam().<Map<String, String>>map(Network.Ipam::options).orElse(Map.of()),
        pools,
        network.driverOpts(),
        LabelConversion.network(project, network));
  }

  /// The networks a service joins, by key, the most important first.
  public static SequencedMap<String, ServiceNetwork> joined(Service service) {
    if (service.networking().networkMode().isPresent()) {
      return new LinkedHashMap<>();
    }
    var joined = new LinkedHashMap<String, ServiceNetwork>();
    if (service.networking().networks().isEmpty()) {
      joined.put("default", ServiceNetwork.DEFAULT);
      return joined;
    }
    service.networking().networks().entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue().priority(), a.getValue().priority()))
        .forEach(it -> joined.put(it.getKey(), it.getValue()));
    return joined;
  }

  /// The project's network of that key; `default` needs no entry in a file.
  public static Network of(Project project, String key) {
    Network network = project.networks().get(key);
    if (network != null) {
      return network;
    }
    if (key.equals("default")) {
      return Network.of(key, project.name() + "_default");
    }
    throw new EngineException.Invalid("no compose file declares the network \"" + key + "\"");
  }

  /// Network name to endpoint.
  ///
  /// @param serviceNames whether it also answers to its service's name and aliases
  static SequencedMap<String, EndpointSpec> endpoints(
      Project project, Service service, String container, boolean serviceNames) {
    var endpoints = new LinkedHashMap<String, EndpointSpec>();
    joined(service)
        .forEach(
            (key, joined) -> {
              var aliases = new ArrayList<String>();
              aliases.add(container);
              if (serviceNames) {
                aliases.add(service.name());
                aliases.addAll(joined.aliases());
              }
              Optional<String> mac = joined.macAddress();
              if (endpoints.isEmpty()) {
                mac = mac.or(service.networking()::macAddress);
              }
              endpoints.put(
                  of(project, key).name(),
                  new EndpointSpec(
                      aliases.stream().distinct().toList(),
                      links(project, service),
                      joined.ipv4Address(),
                      joined.ipv6Address(),
                      joined.linkLocalIps(),
                      mac,
                      joined.gwPriority(),
                      joined.interfaceName(),
                      joined.driverOpts()));
            });
    return endpoints;
  }

  private static List<String> links(Project project, Service service) {
    var links = new ArrayList<String>();
    for (String link : service.networking().links()) {
      int colon = link.indexOf(':');
      String name = colon < 0 ? link : link.substring(0, colon);
      Service other = project.services().get(name);
      if (other == null) {
        continue; // started without its dependencies
      }
      for (int number = 1; number <= other.replicas(); number++) {
        String container = Names.container(project, other, number).value();
        links.add(container + ":" + (colon < 0 ? name : link.substring(colon + 1)));
        links.add(container + ":" + name + "-" + number);
        links.add(container + ":" + container);
      }
    }
    links.addAll(service.networking().externalLinks());
    return links;
  }

  static NameResolution names(Service service) {
    var networking = service.networking();
    // written host=address, because an address may contain colons
    List<String> hosts =
        networking.extraHosts().stream().map(it -> it.replaceFirst("=", ":")).toList();
    return new NameResolution(networking.dns(), networking.dnsSearch(), networking.dnsOpt(), hosts);
  }
}
