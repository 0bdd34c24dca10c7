package jcompose.engine.network;

import java.net.InetAddress;
import java.util.List;
import jcompose.core.engine.EngineException;
import jcompose.engine.host.netlink.Link;
import jcompose.engine.host.netlink.Netlink;
import org.jspecify.annotations.Nullable;

/// The container's side of its endpoints. Every method works in the network namespace of the thread
/// that calls it.
final class NamespaceSetup {
  private NamespaceSetup() {}

  /// Brings up the loopback interface and the given endpoints, then sets the default routes.
  static void configure(Attachment attachment, List<Endpoint> added) {
    try (var netlink = new Netlink()) {
      netlink.setUp("lo");
      for (Endpoint endpoint : added) {
        configure(netlink, endpoint);
      }
      setDefaultRoutes(netlink, attachment);
    }
  }

  /// Sets the default routes after an endpoint has gone; its own went with its link.
  static void reroute(Attachment attachment) {
    try (var netlink = new Netlink()) {
      setDefaultRoutes(netlink, attachment);
    }
  }

  private static void configure(Netlink netlink, Endpoint endpoint) {
    String name = endpoint.interfaceName();
    int link = link(netlink, name).index();
    if (endpoint.ipv6() == null) {
      Sysctl.set("net/ipv6/conf/" + name + "/disable_ipv6", "1");
    } else {
      Sysctl.set("net/ipv6/conf/" + name + "/disable_ipv6", "0");
      // A port that reflects (hairpin) would make the link-local address look like a duplicate.
      Sysctl.set("net/ipv6/conf/" + name + "/accept_dad", "0");
    }
    if (endpoint.ipv4() != null) {
      netlink.addAddress(link, Cidr.literal(endpoint.ipv4()), endpoint.ipv4Prefix());
    }
    if (endpoint.ipv6() != null) {
      netlink.addAddress(link, Cidr.literal(endpoint.ipv6()), endpoint.ipv6Prefix());
    }
    for (String text : endpoint.linkLocalAddresses()) {
      InetAddress address = Cidr.literal(text);
      netlink.addAddress(link, address, NameResolver.isIpv6(address) ? 64 : 16);
    }
    netlink.setUp(name);
  }

  private static void setDefaultRoutes(Netlink netlink, Attachment attachment) {
    Gateways.of(attachment, false)
        .ifPresent(it -> route(netlink, it, it.ipv4(), it.ipv4Prefix(), it.ipv4Gateway()));
    Gateways.of(attachment, true)
        .ifPresent(it -> route(netlink, it, it.ipv6(), it.ipv6Prefix(), it.ipv6Gateway()));
  }

  private static void route(
      Netlink netlink,
      Endpoint endpoint,
      @Nullable String address,
      int prefix,
      @Nullable String gatewayText) {
    if (address == null || gatewayText == null) {
      return;
    }
    int link = link(netlink, endpoint.interfaceName()).index();
    InetAddress gateway = Cidr.literal(gatewayText);
    if (!Cidr.of(Cidr.literal(address), prefix).contains(gateway)) {
      netlink.addLinkRoute(link, gateway, gateway.getAddress().length * 8);
    }
    netlink.setDefaultRoute(link, gateway);
  }

  private static Link link(Netlink netlink, String name) {
    return netlink
        .link(name)
        .orElseThrow(
            () -> new EngineException.Failed("interface " + name + " is not in the container"));
  }
}
