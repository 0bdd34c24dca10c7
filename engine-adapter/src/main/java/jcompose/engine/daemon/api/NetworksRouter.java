package jcompose.engine.daemon.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.NetworkSpec;
import jcompose.core.resource.NetworkSpec.AddressPool;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.local.LocalNetworks;
import jcompose.engine.network.NetworkRecord;
import org.jspecify.annotations.Nullable;

/// `/networks/…`.
final class NetworksRouter {
  private static final Set<String> FILTERS =
      Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

  private final LocalEngine engine;
  private final LocalNetworks networks;

  NetworksRouter(LocalEngine engine) {
    this.engine = engine;
    this.networks = engine.networks();
  }

  void register(Routes routes) {
    routes
        .add("GET", "/networks", this::list)
        .add("GET", "/networks/{id}", this::inspect)
        .add("POST", "/networks/create", this::create)
        .add("POST", "/networks/prune", this::prune)
        .add("POST", "/networks/{id}/connect", this::connect)
        .add("POST", "/networks/{id}/disconnect", this::disconnect)
        .add("DELETE", "/networks/{id}", this::remove);
  }

  record Config(
      @Nullable String subnet,
      @JsonProperty("IPRange") @Nullable String ipRange,
      @Nullable String gateway,
      @Nullable Map<String, String> auxiliaryAddresses) {}

  record Ipam(
      @Nullable String driver,
      @Nullable Map<String, String> options,
      @Nullable List<Config> config) {}

  record Create(
      @Nullable String name,
      @Nullable String driver,
      @Nullable String scope,
      @Nullable Boolean internal,
      @Nullable Boolean attachable,
      @Nullable Boolean ingress,
      @Nullable Boolean configOnly,
      @JsonProperty("EnableIPv4") @Nullable Boolean enableIpv4,
      @JsonProperty("EnableIPv6") @Nullable Boolean enableIpv6,
      @JsonProperty("IPAM") @Nullable Ipam ipam,
      @Nullable Map<String, String> options,
      @Nullable Map<String, String> labels) {}

  record Connect(@Nullable String container, @Nullable EndpointBody endpointConfig) {}

  record Disconnect(@Nullable String container) {}

  private void list(ApiCall call) throws IOException {
    Filters filters = call.filters().allow(FILTERS);
    Optional<Boolean> dangling = filters.bool("dangling");
    List<Map<String, Object>> found =
        networks.records().stream()
            .filter(it -> accepts(it, filters))
            .filter(it -> dangling.isEmpty() || dangling.get() == isDangling(it))
            .map(it -> json(it, false))
            .toList();
    call.json(200, found);
  }

  private static boolean accepts(NetworkRecord network, Filters filters) {
    return filters.labels(network.labels())
        && filters.any("name", it -> network.name().contains(it))
        && filters.any("id", it -> network.id().startsWith(it))
        && filters.any("driver", it -> network.driver().equals(it))
        && filters.any("scope", it -> it.equals("local"))
        && filters.any(
            "type",
            it ->
                switch (it) {
                  case "builtin" -> network.predefined();
                  case "custom" -> !network.predefined();
                  default ->
                      throw new EngineException.Invalid("invalid filter: 'type'='" + it + "'");
                });
  }

  private boolean isDangling(NetworkRecord network) {
    return !network.predefined() && networks.endpoints(network.id()).isEmpty();
  }

  private void inspect(ApiCall call) throws IOException {
    call.json(200, json(networks.get(call.place("id")), true));
  }

  private Map<String, Object> json(NetworkRecord network, boolean withContainers) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Name", network.name());
    json.put("Id", network.id());
    json.put("Created", Json.time(network.created()));
    json.put("Scope", "local");
    json.put("Driver", network.driver());
    json.put("EnableIPv6", network.ipv6());
    Map<String, Object> ipam = new LinkedHashMap<>();
    ipam.put("Driver", network.ipamDriver().isEmpty() ? "default" : network.ipamDriver());
    ipam.put("Options", network.ipamOptions().isEmpty() ? null : network.ipamOptions());
    ipam.put(
        "Config",
        network.subnets().isEmpty()
            ? null
            : network.subnets().stream().map(NetworksRouter::subnet).toList());
    json.put("IPAM", ipam);
    json.put("Internal", network.internal());
    json.put("Attachable", network.attachable());
    json.put("Ingress", false);
    json.put("ConfigFrom", Map.of("Network", ""));
    json.put("ConfigOnly", false);
    json.put("Containers", withContainers ? containers(network) : Map.of());
    json.put("Options", network.options());
    json.put("Labels", network.labels());
    return json;
  }

  private static Map<String, Object> subnet(NetworkRecord.Subnet subnet) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Subnet", subnet.subnet());
    if (subnet.range() != null) {
      json.put("IPRange", subnet.range());
    }
    json.put("Gateway", subnet.gateway());
    if (!subnet.auxiliary().isEmpty()) {
      json.put("AuxiliaryAddresses", subnet.auxiliary());
    }
    return json;
  }

  private Map<String, Object> containers(NetworkRecord network) {
    Map<String, Object> all = new LinkedHashMap<>();
    networks
        .endpoints(network.id())
        .forEach(
            (id, endpoint) -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("Name", nameOf(id.value()));
              json.put("EndpointID", endpoint.id());
              json.put("MacAddress", endpoint.macAddress());
              json.put(
                  "IPv4Address",
                  endpoint.ipv4() == null ? "" : endpoint.ipv4() + "/" + endpoint.ipv4Prefix());
              json.put(
                  "IPv6Address",
                  endpoint.ipv6() == null ? "" : endpoint.ipv6() + "/" + endpoint.ipv6Prefix());
              all.put(id.value(), json);
            });
    return all;
  }

  private String nameOf(String containerId) {
    try {
      return engine.containers().view(containerId).record().name().value();
    } catch (EngineException.NotFound gone) {
      return "";
    }
  }

  private void create(ApiCall call) throws IOException {
    Create body = call.body(Create.class);
    String name = Given.text(body.name()).orElse("");
    if (name.isEmpty()) {
      throw new EngineException.Invalid("network name cannot be empty");
    }
    if (Given.flag(body.configOnly()) || Given.flag(body.ingress())) {
      throw new EngineException.Unsupported(
          "ingress and config-only networks need a swarm, which is not supported");
    }
    Ipam ipam = body.ipam();
    var spec =
        new NetworkSpec(
            name,
            Given.text(body.driver()),
            Given.flag(body.internal()),
            Given.flag(body.attachable()),
            Optional.ofNullable(body.enableIpv4()),
            Optional.ofNullable(body.enableIpv6()),
            ipam == null ? Optional.empty() : Given.text(ipam.driver()),
            ipam == null ? Map.of() : Given.map(ipam.options()),
            pools(ipam),
            Given.map(body.options()),
            Given.map(body.labels()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Id", networks.create(spec));
    answer.put("Warning", "");
    call.json(201, answer);
  }

  private static List<AddressPool> pools(@Nullable Ipam ipam) {
    if (ipam == null || ipam.config() == null) {
      return List.of();
    }
    return ipam.config().stream()
        .map(
            it ->
                new AddressPool(
                    Given.text(it.subnet()),
                    Given.text(it.gateway()),
                    Given.text(it.ipRange()),
                    Given.map(it.auxiliaryAddresses())))
        .toList();
  }

  private void connect(ApiCall call) throws IOException {
    Connect body = call.body(Connect.class);
    engine
        .containers()
        .connections()
        .connect(
            Given.text(body.container()).orElse(""),
            call.place("id"),
            EndpointBody.spec(body.endpointConfig()));
    call.empty(200);
  }

  /// `Force` is for what another host left; here each endpoint is a container's that is known.
  private void disconnect(ApiCall call) throws IOException {
    Disconnect body = call.body(Disconnect.class);
    try {
      engine
          .containers()
          .connections()
          .disconnect(Given.text(body.container()).orElse(""), call.place("id"));
    } catch (EngineException.Denied e) {
      throw new ApiException(500, String.valueOf(e.getMessage())); // as dockerd
    }
    call.empty(200);
  }

  private void remove(ApiCall call) throws IOException {
    String reference = call.place("id");
    try {
      networks.remove(reference);
    } catch (EngineException.Conflict inUse) {
      throw new EngineException.Denied(String.valueOf(inUse.getMessage())); // 403, as dockerd
    }
    call.empty(204);
  }

  private void prune(ApiCall call) throws IOException {
    Filters filters = call.filters().allow(Set.of("label", "label!", "until"));
    Optional<Instant> until = filters.values("until").stream().findFirst().map(Times::parse);
    var removed = new ArrayList<String>();
    for (NetworkRecord network : networks.records()) {
      if (filters.labels(network.labels())
          && until.filter(it -> network.created().isAfter(it)).isEmpty()
          && networks.removeUnused(network)) {
        removed.add(network.name());
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("NetworksDeleted", removed.isEmpty() ? null : removed);
    call.json(200, answer);
  }
}
