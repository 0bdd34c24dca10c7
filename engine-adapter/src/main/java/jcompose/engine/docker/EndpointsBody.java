package jcompose.engine.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.EndpointSpec;

/// Attachments to networks.
final class EndpointsBody {
  private EndpointsBody() {}

  /// The first network is the network mode unless the spec names another.
  static void write(ContainerSpec spec, ObjectNode body, ObjectNode host) {
    if (spec.networks().isEmpty()) {
      return;
    }
    if (spec.isolation().networkMode().isEmpty()) {
      host.put("NetworkMode", spec.networks().keySet().iterator().next());
    }
    ObjectNode endpoints = body.putObject("NetworkingConfig").putObject("EndpointsConfig");
    for (Map.Entry<String, EndpointSpec> each : spec.networks().entrySet()) {
      endpoints.set(each.getKey(), endpoint(each.getValue()));
    }
  }

  static ObjectNode endpoint(EndpointSpec spec) {
    ObjectNode body = Json.object();
    body.set("Aliases", Json.array(spec.aliases()));
    if (!spec.links().isEmpty()) {
      body.set("Links", Json.array(spec.links()));
    }
    if (spec.ipv4Address().isPresent()
        || spec.ipv6Address().isPresent()
        || !spec.linkLocalAddresses().isEmpty()) {
      ObjectNode ipam = body.putObject("IPAMConfig");
      spec.ipv4Address().ifPresent(it -> ipam.put("IPv4Address", it));
      spec.ipv6Address().ifPresent(it -> ipam.put("IPv6Address", it));
      if (!spec.linkLocalAddresses().isEmpty()) {
        ipam.set("LinkLocalIPs", Json.array(spec.linkLocalAddresses()));
      }
    }
    spec.macAddress().ifPresent(it -> body.put("MacAddress", it));
    if (spec.gatewayPriority() != 0) {
      body.put("GwPriority", spec.gatewayPriority());
    }
    Map<String, String> options = new java.util.LinkedHashMap<>(spec.driverOptions());
    spec.interfaceName().ifPresent(it -> options.put("com.docker.network.endpoint.ifname", it));
    if (!options.isEmpty()) {
      body.set("DriverOpts", Json.object(options));
    }
    return body;
  }
}
