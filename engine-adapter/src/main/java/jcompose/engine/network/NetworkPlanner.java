package jcompose.engine.network;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.NetworkSpec;

/// Turns what was asked for into a network: checks it, chooses subnets, gateways and a bridge name.
/// Touches nothing.
///
/// @param hostRanges the host's routes and addresses, asked for only when a subnet is chosen
record NetworkPlanner(SubnetChooser chooser, Supplier<List<Cidr>> hostRanges) {

  /// @param existing to overlap none of
  /// @param id of the new network, 64 hex digits
  NetworkRecord plan(NetworkSpec spec, String id, Instant now, Collection<NetworkRecord> existing) {
    String driver = spec.driver().filter(it -> !it.isEmpty()).orElse("bridge");
    if (spec.name().isBlank()) {
      throw new EngineException.Invalid("network name cannot be empty");
    }
    if (!spec.name().matches("[a-zA-Z0-9][a-zA-Z0-9_. -]*")) {
      throw new EngineException.Invalid(
          "invalid network name (" + spec.name() + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    if (existing.stream().anyMatch(it -> it.name().equals(spec.name()))) {
      throw new EngineException.Conflict("network with name " + spec.name() + " already exists");
    }
    switch (driver) {
      case "bridge" -> {}
      case "host", "null" ->
          throw new EngineException.Denied(
              "only one instance of \"" + driver + "\" network is allowed");
      case "macvlan", "ipvlan", "overlay" ->
          throw new EngineException.Unsupported(
              "network driver \"" + driver + "\" is not supported by this engine: use bridge");
      default -> throw new EngineException.NotFound("plugin \"" + driver + "\" not found");
    }
    String ipam = spec.ipamDriver().filter(it -> !it.isEmpty()).orElse("default");
    if (!ipam.equals("default")) {
      throw new EngineException.Unsupported("IPAM driver \"" + ipam + "\" is not supported");
    }
    if (spec.enableIpv4().equals(Optional.of(false))) {
      throw new EngineException.Unsupported("networks without IPv4 are not supported");
    }
    NetworkOptions options = NetworkOptions.of(spec.options());
    String bridge = options.bridgeName().orElse("br-" + id.substring(0, 12));
    existing.stream()
        .filter(it -> bridge.equals(it.bridge()))
        .findFirst()
        .ifPresent(
            it -> {
              throw new EngineException.Conflict(
                  "bridge name " + bridge + " is already used by network " + it.name());
            });
    boolean ipv6 =
        spec.enableIpv6()
            .orElse(
                spec.pools().stream()
                    .anyMatch(it -> it.subnet().filter(s -> s.contains(":")).isPresent()));
    return new NetworkRecord(
        id,
        spec.name(),
        driver,
        now,
        spec.internal(),
        spec.attachable(),
        ipv6,
        ipam,
        spec.ipamOptions(),
        subnets(spec, id, ipv6, existing),
        spec.options(),
        spec.labels(),
        bridge);
  }

  /// The same network in ranges that nobody has.
  NetworkRecord withOtherSubnets(NetworkRecord network, Collection<NetworkRecord> others) {
    return new NetworkRecord(
        network.id(),
        network.name(),
        network.driver(),
        network.created(),
        network.internal(),
        network.attachable(),
        network.ipv6(),
        network.ipamDriver(),
        network.ipamOptions(),
        subnets(NetworkSpec.bridge(network.name(), Map.of()), network.id(), network.ipv6(), others),
        network.options(),
        network.labels(),
        network.bridge());
  }

  private List<NetworkRecord.Subnet> subnets(
      NetworkSpec spec, String id, boolean ipv6, Collection<NetworkRecord> existing) {
    var ours =
        existing.stream()
            .flatMap(it -> it.subnets().stream())
            .map(it -> Cidr.parse(it.subnet()))
            .toList();
    var result = new ArrayList<NetworkRecord.Subnet>();
    for (NetworkSpec.AddressPool pool : spec.pools()) {
      Cidr subnet =
          pool.subnet().filter(it -> !it.isEmpty()).map(NetworkPlanner::range).orElse(null);
      if (subnet == null) {
        if (pool.gateway().isPresent() || pool.range().isPresent()) {
          throw new EngineException.Invalid(
              "invalid IPAM configuration: a gateway or range needs the subnet it is in");
        }
        continue;
      }
      if (ours.stream().anyMatch(subnet::overlaps)
          || result.stream().anyMatch(it -> Cidr.parse(it.subnet()).overlaps(subnet))) {
        throw new EngineException.Denied("Pool overlaps with other one on this address space");
      }
      if (subnet.ipv6() && !ipv6) {
        continue; // As Docker: kept out while IPv6 is not enabled.
      }
      result.add(subnet(subnet, pool));
    }
    if (result.stream().allMatch(it -> Cidr.parse(it.subnet()).ipv6())) {
      var inUse = new ArrayList<>(ours);
      inUse.addAll(hostRanges.get());
      Cidr chosen =
          chooser
              .choose(inUse)
              .orElseThrow(
                  () ->
                      new EngineException.Failed(
                          "all predefined address pools have been fully subnetted: remove unused"
                              + " networks or give this one a subnet"));
      result.addFirst(subnet(chosen, NONE));
    }
    if (ipv6 && result.stream().noneMatch(it -> Cidr.parse(it.subnet()).ipv6())) {
      result.add(subnet(SubnetChooser.uniqueLocal(id), NONE));
    }
    return result;
  }

  private static final NetworkSpec.AddressPool NONE =
      new NetworkSpec.AddressPool(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  private static NetworkRecord.Subnet subnet(Cidr subnet, NetworkSpec.AddressPool pool) {
    if (subnet.bits() - subnet.prefix() < 2) {
      throw new EngineException.Invalid(
          "invalid subnet " + subnet + ": it has no room for a gateway and a container");
    }
    Cidr range = pool.range().filter(it -> !it.isEmpty()).map(NetworkPlanner::range).orElse(null);
    if (range != null && !subnet.contains(range)) {
      throw new EngineException.Invalid(
          "invalid ip-range " + range + " is not in subnet " + subnet);
    }
    InetAddress gateway =
        pool.gateway()
            .filter(it -> !it.isEmpty())
            .map(it -> inside(subnet, it, "gateway"))
            .orElseGet(() -> range == null ? subnet.address(1) : firstUsable(subnet, range));
    pool.auxiliary().forEach((name, it) -> inside(subnet, it, "auxiliary address " + name));
    return new NetworkRecord.Subnet(
        subnet.toString(),
        Addresses.text(gateway),
        range == null ? null : range.toString(),
        pool.auxiliary());
  }

  // Docker takes the gateway from the range, as it does every other address.
  private static InetAddress firstUsable(Cidr subnet, Cidr range) {
    return range.base().equals(subnet.base()) ? range.address(1) : range.address(0);
  }

  private static Cidr range(String text) {
    try {
      return Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
  }

  private static InetAddress inside(Cidr subnet, String text, String what) {
    try {
      InetAddress address =
          Cidr.literal(text.contains("/") ? text.substring(0, text.indexOf('/')) : text);
      if (subnet.contains(address)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid("invalid " + what + ": " + e.getMessage());
    }
    throw new EngineException.Invalid(
        "invalid " + what + ": " + text + " is not in subnet " + subnet);
  }
}
