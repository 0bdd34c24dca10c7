package jcompose.engine.network;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.engine.host.netlink.Link;
import jcompose.engine.host.netlink.Netlink;
import jcompose.engine.host.netlink.NetlinkException;
import jcompose.engine.host.netlink.NetworkNamespace;

/// The links of the host that belong to this engine. They carry its name in their alias, so that
/// what is left over can be told from what is someone else's.
///
/// @param instance the engine's name
record HostKernel(String instance) {

  /// Makes a network's bridge, or what is missing of it.
  ///
  /// @throws EngineException.Conflict when the interface's name is someone else's
  void ensureBridge(NetworkRecord network) {
    String bridge = bridgeOf(network);
    NetworkOptions options = NetworkOptions.of(network.options());
    try (var netlink = new Netlink()) {
      Link link = netlink.link(bridge).orElse(null);
      if (link == null) {
        netlink.addBridge(bridge, randomMac(), options.mtu());
        netlink.setAlias(bridge, alias(network));
        link = netlink.link(bridge).orElseThrow();
      } else if (!link.alias().equals(alias(network))) {
        throw new EngineException.Conflict(
            "network "
                + network.name()
                + " cannot have the bridge "
                + bridge
                + ": an interface of this name is there already, and not made by this engine for"
                + " it");
      }
      // Before it is up: an IPv4 network's bridge shall not speak IPv6.
      Sysctl.set("net/ipv6/conf/" + bridge + "/disable_ipv6", network.ipv6() ? "0" : "1");
      Sysctl.set("net/ipv6/conf/" + bridge + "/accept_ra", "0");
      Sysctl.set("net/ipv4/conf/" + bridge + "/route_localnet", "1");
      if (options.gatewayAddress()) {
        for (NetworkRecord.Subnet subnet : network.subnets()) {
          netlink.addAddress(
              link.index(), Cidr.literal(subnet.gateway()), Cidr.parse(subnet.subnet()).prefix());
        }
      }
      netlink.setUp(bridge);
    } catch (NetlinkException e) {
      throw failed("cannot set up the bridge of network " + network.name(), e);
    }
    if (!network.internal()) {
      Sysctl.set("net/ipv4/ip_forward", "1");
      if (network.ipv6()) {
        Sysctl.set("net/ipv6/conf/all/forwarding", "1");
      }
    }
  }

  boolean hasBridge(NetworkRecord network) {
    try (var netlink = new Netlink()) {
      return netlink
          .link(bridgeOf(network))
          .filter(it -> it.alias().equals(alias(network)))
          .isPresent();
    }
  }

  void deleteBridge(NetworkRecord network) {
    String bridge = bridgeOf(network);
    try (var netlink = new Netlink()) {
      if (netlink.link(bridge).filter(it -> it.alias().equals(alias(network))).isPresent()) {
        netlink.deleteLink(bridge);
      }
    }
  }

  /// Makes an endpoint's pair of links. A container that publishes ports may call itself by them.
  void addEndpoint(
      NetworkRecord network, Endpoint endpoint, NetworkNamespace namespace, boolean publishes) {
    NetworkOptions options = NetworkOptions.of(network.options());
    try (var netlink = new Netlink()) {
      Link bridge =
          netlink
              .link(bridgeOf(network))
              .orElseThrow(
                  () ->
                      new EngineException.Failed(
                          "the bridge "
                              + bridgeOf(network)
                              + " of network "
                              + network.name()
                              + " is gone"));
      try {
        netlink.addVeth(
            endpoint.hostInterface(),
            bridge.index(),
            endpoint.interfaceName(),
            namespace,
            Addresses.macBytes(endpoint.macAddress()),
            options.mtu());
      } catch (NetlinkException e) {
        throw failed("cannot attach to network " + network.name(), e);
      }
      netlink.enablePort(endpoint.hostInterface(), alias(endpoint), publishes, !options.icc());
    } catch (NetlinkException e) {
      deleteEndpoint(endpoint);
      throw failed("cannot attach to network " + network.name(), e);
    }
  }

  /// @return false when it was gone already, as after the end of its namespace
  boolean deleteEndpoint(Endpoint endpoint) {
    try (var netlink = new Netlink()) {
      return netlink.deleteLink(endpoint.hostInterface());
    }
  }

  /// Removes links that carry this engine's name and are none of these.
  void deleteOthers(List<NetworkRecord> networks, List<Endpoint> endpoints) {
    Set<String> expected = new HashSet<>();
    networks.forEach(it -> expected.add(alias(it)));
    endpoints.forEach(it -> expected.add(alias(it)));
    try (var netlink = new Netlink()) {
      for (Link link : netlink.links()) {
        if (link.alias().startsWith(instance + " ") && !expected.contains(link.alias())) {
          netlink.deleteLink(link.name());
        }
      }
    }
  }

  /// Whether the host's end of an endpoint is there and on its bridge.
  boolean connected(NetworkRecord network, Endpoint endpoint) {
    try (var netlink = new Netlink()) {
      var bridge = netlink.link(bridgeOf(network));
      var link = netlink.link(endpoint.hostInterface());
      return bridge.isPresent()
          && link.isPresent()
          && link.get().up()
          && link.get().master() == bridge.get().index();
    }
  }

  /// Ranges the host has routes to or addresses in.
  static List<Cidr> ranges() {
    var result = new ArrayList<Cidr>();
    try (var netlink = new Netlink()) {
      netlink.routes().forEach(it -> result.add(Cidr.of(it.address(), it.prefix())));
      netlink.addresses().forEach(it -> result.add(Cidr.of(it.address(), it.prefix())));
    }
    // A resolver behind the default route must stay reachable too.
    try {
      for (InetAddress server :
          ResolverFile.parse(Files.readAllLines(Path.of("/etc/resolv.conf"))).servers()) {
        result.add(Cidr.of(server, server.getAddress().length * 8));
      }
    } catch (IOException e) {
      // A host without the file has no resolver to hide.
    }
    return result;
  }

  private static String bridgeOf(NetworkRecord network) {
    String bridge = network.bridge();
    if (bridge == null) {
      throw new IllegalArgumentException("network " + network.name() + " has no bridge");
    }
    return bridge;
  }

  private String alias(NetworkRecord network) {
    return instance + " network " + network.id();
  }

  private String alias(Endpoint endpoint) {
    return instance + " endpoint " + endpoint.id();
  }

  private static byte[] randomMac() {
    byte[] mac = new byte[6];
    new SecureRandom().nextBytes(mac);
    mac[0] = 0x02; // Locally administered, one interface's.
    mac[1] = 0x42;
    return mac;
  }

  private static EngineException failed(String what, NetlinkException e) {
    return e.errno() == NetlinkException.EPERM
        ? new EngineException.Denied(what + ": root is needed: " + e.getMessage())
        : new EngineException.Failed(what + ": " + e.getMessage(), e);
  }
}
