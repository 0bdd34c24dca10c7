package jcompose.engine.daemon.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.EndpointSpec;
import org.jspecify.annotations.Nullable;

/// How a container is to be attached to a network.
record EndpointBody(
    @JsonProperty("IPAMConfig") @Nullable Ipam ipamConfig,
    @Nullable List<String> links,
    @Nullable List<String> aliases,
    @Nullable String macAddress,
    @Nullable Map<String, String> driverOpts,
    @Nullable Integer gwPriority) {

  record Ipam(
      @JsonProperty("IPv4Address") @Nullable String ipv4Address,
      @JsonProperty("IPv6Address") @Nullable String ipv6Address,
      @JsonProperty("LinkLocalIPs") @Nullable List<String> linkLocalIps) {}

  static EndpointSpec spec(@Nullable EndpointBody body) {
    if (body == null) {
      return EndpointSpec.DEFAULT;
    }
    Ipam ipam = body.ipamConfig();
    return new EndpointSpec(
        Given.list(body.aliases()),
        Given.list(body.links()),
        ipam == null ? Optional.empty() : Given.text(ipam.ipv4Address()),
        ipam == null ? Optional.empty() : Given.text(ipam.ipv6Address()),
        ipam == null ? List.of() : Given.list(ipam.linkLocalIps()),
        Given.text(body.macAddress()),
        body.gwPriority() == null ? 0 : body.gwPriority(),
        Optional.empty(),
        Given.map(body.driverOpts()));
  }
}
