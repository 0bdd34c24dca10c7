package jcompose.engine.network;

import java.util.Collection;

/// The engine's nftables table as text. Its chains never change; networks and ports are elements of
/// sets and maps, so a packet's way is as long for a thousand of them as for one, and a change is
/// one small transaction.
///
/// @param table its name, the engine's instance
record Ruleset(String table) {

  private static final String TABLE =
      """
        set bridges { type ifname; }
        set internal { type ifname; }
        set peers { type ifname . ifname; }
        set sources4 { type ifname . ipv4_addr; flags interval; }
        set sources6 { type ifname . ipv6_addr; flags interval; }
        set subnets4 { type ipv4_addr; flags interval; }
        set subnets6 { type ipv6_addr; flags interval; }
        set masquerade4 { type ipv4_addr; flags interval; }
        set masquerade6 { type ipv6_addr; flags interval; }
        map any4 { type inet_proto . inet_service : ipv4_addr . inet_service; }
        map any6 { type inet_proto . inet_service : ipv6_addr . inet_service; }
        map bound4 { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
        map bound6 { type ipv6_addr . inet_proto . inet_service : ipv6_addr . inet_service; }

        # What containers send. route_localnet, which lets the host reach published ports through its
        # loopback address, would let containers reach the host's; and no one sends as another.
        chain raw {
          type filter hook prerouting priority raw; policy accept;
          iifname != @bridges accept
          ip daddr 127.0.0.0/8 drop
          iifname . ip saddr @sources4 accept
          ip saddr { 0.0.0.0, 169.254.0.0/16 } accept
          iifname . ip6 saddr @sources6 accept
          ip6 saddr { ::, fe80::/10 } accept
          meta nfproto { ipv4, ipv6 } drop
        }

        # Published ports, for packets from outside and from containers.
        chain prerouting {
          type nat hook prerouting priority dstnat; policy accept;
          meta nfproto ipv4 dnat ip to ip daddr . meta l4proto . th dport map @bound4
          meta nfproto ipv6 dnat ip6 to ip6 daddr . meta l4proto . th dport map @bound6
          meta nfproto ipv4 fib daddr type local dnat ip to meta l4proto . th dport map @any4
          meta nfproto ipv6 fib daddr type local dnat ip6 to meta l4proto . th dport map @any6
        }

        # Published ports, for the host's own packets. IPv6 has no route_localnet: a relay serves ::1.
        chain output {
          type nat hook output priority -100; policy accept;
          meta nfproto ipv4 dnat ip to ip daddr . meta l4proto . th dport map @bound4
          ip6 daddr != ::1 dnat ip6 to ip6 daddr . meta l4proto . th dport map @bound6
          meta nfproto ipv4 fib daddr type local dnat ip to meta l4proto . th dport map @any4
          ip6 daddr != ::1 fib daddr type local dnat ip6 to meta l4proto . th dport map @any6
        }

        # The first three: answers must come back this way to be translated back.
        chain postrouting {
          type nat hook postrouting priority srcnat; policy accept;
          oifname @bridges ip saddr 127.0.0.0/8 masquerade
          oifname @bridges ct status dnat ip saddr @subnets4 masquerade
          oifname @bridges ct status dnat ip6 saddr @subnets6 masquerade
          oifname != @bridges ip saddr @masquerade4 masquerade
          oifname != @bridges ip6 saddr @masquerade6 masquerade
        }

        # Into a network comes what it asked for, what its own members send and what is published.
        chain forward {
          type filter hook forward priority filter; policy accept;
          iifname != @bridges oifname != @bridges accept
          ct state established,related accept
          iifname . oifname @peers accept
          iifname @internal drop
          oifname @internal drop
          oifname @bridges ct status dnat accept
          oifname @bridges drop
        }
      """;

  /// The whole table, in place of what is there, in one transaction.
  String replace(Collection<NetworkRecord> networks, Collection<Attachment> attachments) {
    var text = new StringBuilder(delete());
    text.append("table inet ").append(table).append(" {\n").append(TABLE).append("}\n");
    networks.forEach(it -> text.append(addNetwork(it)));
    attachments.forEach(it -> text.append(publish(it)));
    return text.toString();
  }

  /// Without effect when there is no such table.
  String delete() {
    return "add table inet " + table + "\ndelete table inet " + table + "\n";
  }

  String addNetwork(NetworkRecord network) {
    return network("add", network);
  }

  String deleteNetwork(NetworkRecord network) {
    return network("delete", network);
  }

  private String network(String verb, NetworkRecord network) {
    String bridge = network.bridge();
    if (bridge == null) {
      return "";
    }
    String quoted = "\"" + bridge + "\"";
    var text = new StringBuilder();
    text.append(element(verb, "bridges", quoted));
    text.append(element(verb, "peers", quoted + " . " + quoted));
    if (network.internal()) {
      text.append(element(verb, "internal", quoted));
    }
    boolean masquerade = !network.internal() && NetworkOptions.of(network.options()).masquerade();
    for (NetworkRecord.Subnet it : network.subnets()) {
      Cidr subnet = Cidr.parse(it.subnet());
      String family = subnet.ipv6() ? "6" : "4";
      text.append(element(verb, "sources" + family, quoted + " . " + subnet));
      text.append(element(verb, "subnets" + family, subnet.toString()));
      if (masquerade) {
        text.append(element(verb, "masquerade" + family, subnet.toString()));
      }
    }
    return text.toString();
  }

  /// @return empty when the container publishes nothing that the kernel can forward
  String publish(Attachment attachment) {
    return ports("add", attachment);
  }

  String unpublish(Attachment attachment) {
    return ports("delete", attachment);
  }

  private String ports(String verb, Attachment attachment) {
    var text = new StringBuilder();
    for (Attachment.PublishedPort port : attachment.ports()) {
      boolean six = port.hostAddress().contains(":");
      String target =
          Gateways.ofPorts(attachment, six).map(it -> six ? it.ipv6() : it.ipv4()).orElse(null);
      if (target == null || port.hostAddress().equals("::1")) {
        continue; // A relay in the daemon serves it.
      }
      boolean any = port.hostAddress().equals(six ? "::" : "0.0.0.0");
      String key = port.protocol() + " . " + port.hostPort();
      text.append(
          element(
              verb,
              (any ? "any" : "bound") + (six ? "6" : "4"),
              (any ? key : port.hostAddress() + " . " + key)
                  + (verb.equals("add") ? " : " + target + " . " + port.containerPort() : "")));
    }
    return text.toString();
  }

  private String element(String verb, String set, String value) {
    return verb + " element inet " + table + " " + set + " { " + value + " }\n";
  }
}
