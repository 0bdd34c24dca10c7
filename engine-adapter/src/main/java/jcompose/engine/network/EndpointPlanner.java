package jcompose.engine.network;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.EndpointSpec;

/// Turns what a container asked for into endpoints, and takes their addresses.
final class EndpointPlanner {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int HOST_NAME_DIGITS = 11;

  private final NetworkTable networks;

  EndpointPlanner(NetworkTable networks) {
    this.networks = networks;
  }

  /// Plans one endpoint more.
  ///
  /// @param others those the container has already
  /// @param ownNames what the container is found by on every network
  Endpoint plan(
      NetworkRecord network,
      ContainerId container,
      Set<String> ownNames,
      EndpointSpec spec,
      List<Endpoint> others) {
    if (network.bridge() == null) {
      throw new EngineException.Invalid(
          "container cannot be connected to network " + network.name() + " beside others");
    }
    if (others.stream().anyMatch(it -> it.networkId().equals(network.id()))) {
      throw new EngineException.Denied(
          "endpoint with name "
              + ownNames.iterator().next()
              + " already exists in network "
              + network.name());
    }
    spec.macAddress().ifPresent(EndpointPlanner::checkMac);
    var linkLocal = spec.linkLocalAddresses().stream().map(EndpointPlanner::address).toList();
    String interfaceName = interfaceName(network, spec, others);
    var taken = new ArrayList<InetAddress>();
    try {
      Taken four = take(network, spec.ipv4Address(), false);
      taken.add(four.address());
      Optional<Taken> six = Optional.empty();
      if (network.ipv6()) {
        six = Optional.of(take(network, spec.ipv6Address(), true));
        taken.add(six.get().address());
      } else if (spec.ipv6Address().filter(it -> !it.isEmpty()).isPresent()) {
        throw new EngineException.Invalid(
            "invalid endpoint settings: network " + network.name() + " has no IPv6");
      }
      byte[] random = new byte[32];
      RANDOM.nextBytes(random);
      String id = HexFormat.of().formatHex(random);
      var names = new LinkedHashSet<>(ownNames);
      names.add(container.shortId());
      names.addAll(spec.aliases());
      return new Endpoint(
          id,
          network.id(),
          network.name(),
          interfaceName,
          "jv" + id.substring(0, HOST_NAME_DIGITS),
          spec.macAddress()
              .filter(it -> !it.isEmpty())
              .map(it -> it.toLowerCase().replace('-', ':'))
              .orElse(Addresses.macOf(four.address())),
          Addresses.text(four.address()),
          four.subnet().subnet().prefix(),
          network.internal() ? null : gateway(network, four.subnet()),
          six.map(it -> Addresses.text(it.address())).orElse(null),
          six.map(it -> it.subnet().subnet().prefix()).orElse(0),
          network.internal() ? null : six.map(it -> gateway(network, it.subnet())).orElse(null),
          linkLocal.stream().map(Addresses::text).toList(),
          List.copyOf(names),
          spec.aliases(),
          spec.links(),
          spec.gatewayPriority(),
          spec.driverOptions());
    } catch (RuntimeException e) {
      taken.forEach(it -> networks.free(network.id(), it));
      throw e;
    }
  }

  /// Takes the addresses of an endpoint that exists, after a restart.
  ///
  /// @throws EngineException.Conflict when another has them
  void retake(Endpoint endpoint) {
    for (InetAddress address : NameTable.addresses(endpoint)) {
      boolean six = NameResolver.isIpv6(address);
      networks.subnets(endpoint.networkId(), six).stream()
          .filter(it -> it.subnet().contains(address))
          .forEach(it -> it.take(address));
    }
  }

  void free(Endpoint endpoint) {
    NameTable.addresses(endpoint).forEach(it -> networks.free(endpoint.networkId(), it));
  }

  private record Taken(InetAddress address, SubnetAddresses subnet) {}

  private Taken take(NetworkRecord network, Optional<String> wanted, boolean ipv6) {
    var subnets = networks.subnets(network.id(), ipv6);
    Optional<InetAddress> fixed = wanted.filter(it -> !it.isEmpty()).map(EndpointPlanner::address);
    if (fixed.isPresent()) {
      InetAddress address = fixed.get();
      Optional<SubnetAddresses> found =
          subnets.stream().filter(it -> it.subnet().contains(address)).findFirst();
      var problems = new ArrayList<String>();
      if (DefaultBridge.is(network)) { // its addresses may change with every start
        problems.add("user specified IP address is supported on user defined networks only");
      }
      if (found.isEmpty()) {
        problems.add(
            "no configured subnet or ip-range contain the IP address " + Addresses.text(address));
      }
      if (!problems.isEmpty()) {
        String separator = problems.size() > 1 ? "\n* " : "\n";
        throw new EngineException.Invalid(
            "invalid config for network "
                + network.name()
                + ": invalid endpoint settings:"
                + separator
                + String.join(separator, problems));
      }
      SubnetAddresses subnet = found.orElseThrow();
      subnet.take(address);
      return new Taken(address, subnet);
    }
    for (SubnetAddresses subnet : subnets) {
      Optional<InetAddress> address = subnet.take();
      if (address.isPresent()) {
        return new Taken(address.get(), subnet);
      }
    }
    throw new EngineException.Conflict(
        "no available "
            + (ipv6 ? "IPv6" : "IPv4")
            + " addresses on this network's address pools: "
            + network.name()
            + " ("
            + network.id()
            + ")");
  }

  private static String gateway(NetworkRecord network, SubnetAddresses subnet) {
    return network.subnets().stream()
        .filter(it -> Cidr.parse(it.subnet()).equals(subnet.subnet()))
        .map(NetworkRecord.Subnet::gateway)
        .findFirst()
        .orElseThrow();
  }

  private static String interfaceName(
      NetworkRecord network, EndpointSpec spec, List<Endpoint> others) {
    var used = others.stream().map(Endpoint::interfaceName).toList();
    Optional<String> wanted =
        spec.interfaceName()
            .or(
                () ->
                    Optional.ofNullable(
                        spec.driverOptions().get("com.docker.network.endpoint.ifname")))
            .filter(it -> !it.isEmpty());
    if (wanted.isPresent()) {
      NetworkOptions.checkInterface(wanted.get());
      if (used.contains(wanted.get()) || wanted.get().equals("lo")) {
        throw new EngineException.Invalid(
            "interface name " + wanted.get() + " is used twice in one container");
      }
      return wanted.get();
    }
    String prefix = NetworkOptions.of(network.options()).interfacePrefix();
    int number = 0;
    while (used.contains(prefix + number)) {
      number++;
    }
    return prefix + number;
  }

  private static InetAddress address(String text) {
    try {
      return Cidr.literal(text);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid("invalid endpoint settings: invalid IP address: " + text);
    }
  }

  private static void checkMac(String mac) {
    try {
      if (!mac.isEmpty()) {
        var _ = Addresses.macBytes(mac);
      }
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
  }
}
