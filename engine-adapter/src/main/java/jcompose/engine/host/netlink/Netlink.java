package jcompose.engine.host.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Requests to the kernel's routing socket, in the network namespace of the thread that opened it
/// (see [NetworkNamespace] for others). For one thread at a time; cheap to open.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>
public final class Netlink implements AutoCloseable {
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int RTM_GETLINK = 18;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int RTM_GETADDR = 22;
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;
  private static final int RTM_GETROUTE = 26;

  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_MASTER = 10;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_IFALIAS = 20;
  private static final int IFLA_AF_SPEC = 26;
  private static final int IFLA_NET_NS_FD = 28;
  private static final int INFO_KIND = 1;
  private static final int INFO_DATA = 2;
  private static final int INFO_SLAVE_KIND = 4;
  private static final int INFO_SLAVE_DATA = 5;
  private static final int VETH_INFO_PEER = 1;
  private static final int BRPORT_MODE = 4;
  private static final int BRPORT_ISOLATED = 33;
  private static final int INET6_ADDR_GEN_MODE = 8;
  private static final int GEN_MODE_NONE = 1;

  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_BROADCAST = 4;
  private static final int IFA_F_NODAD = 0x02;
  private static final int IFF_UP = 1;

  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTA_TABLE = 15;
  private static final int TABLE_MAIN = 254;
  private static final int RTPROT_BOOT = 3;
  private static final int RTN_UNICAST = 1;
  private static final int SCOPE_LINK = 253;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private final RouteSocket socket = new RouteSocket();

  public List<Link> links() {
    var request =
        new Request("list links", RTM_GETLINK, Request.NLM_F_DUMP).link(0, 0, 0, 0).word(0);
    return socket.exchange(request).stream().map(Netlink::readLink).toList();
  }

  public Optional<Link> link(String name) {
    var request =
        new Request("find link " + name, RTM_GETLINK, Request.NLM_F_ACK)
            .link(0, 0, 0, 0)
            .attribute(IFLA_IFNAME, name);
    try {
      return socket.exchange(request).stream().findFirst().map(Netlink::readLink);
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Link readLink(ByteBuffer message) {
    int index = message.getInt(4);
    int flags = message.getInt(8);
    var attributes = Attributes.of(message.position(16));
    return new Link(
        index,
        attributes.text(IFLA_IFNAME),
        attributes.nested(IFLA_LINKINFO).text(INFO_KIND),
        attributes.text(IFLA_IFALIAS),
        attributes.number(IFLA_MASTER),
        (flags & IFF_UP) != 0,
        attributes.number(IFLA_MTU));
  }

  /// Makes a bridge, down.
  ///
  /// @param mac 6 bytes; a bridge without one of its own takes a port's, and changes it with them
  /// @throws NetlinkException EEXIST when the name is taken
  public void addBridge(String name, byte[] mac, int mtu) {
    var request = create("add bridge " + name).link(0, 0, 0, 0);
    request.attribute(IFLA_IFNAME, name).attribute(IFLA_ADDRESS, mac);
    if (mtu > 0) {
      request.attribute(IFLA_MTU, mtu);
    }
    request.nested(IFLA_LINKINFO, () -> request.attribute(INFO_KIND, "bridge"));
    socket.acknowledge(request);
  }

  /// Makes a pair of links at once: one end here on a bridge, the other in a namespace, both down.
  /// Making the peer where it belongs spares the kernel's slow move between namespaces.
  ///
  /// @param bridge index of the bridge
  /// @param mtu of both, 0 for the default
  public void addVeth(
      String name, int bridge, String peerName, NetworkNamespace peer, byte[] peerMac, int mtu) {
    var request = create("add veth " + name).link(0, 0, 0, 0);
    request.attribute(IFLA_IFNAME, name).attribute(IFLA_MASTER, bridge);
    if (mtu > 0) {
      request.attribute(IFLA_MTU, mtu);
    }
    request.nested(
        IFLA_LINKINFO,
        () -> {
          request.attribute(INFO_KIND, "veth");
          request.nested(
              INFO_DATA,
              () ->
                  request.nested(
                      VETH_INFO_PEER,
                      () -> {
                        request.link(0, 0, 0, 0);
                        request.attribute(IFLA_IFNAME, peerName);
                        request.attribute(IFLA_ADDRESS, peerMac);
                        request.attribute(IFLA_NET_NS_FD, peer.descriptor());
                        if (mtu > 0) {
                          request.attribute(IFLA_MTU, mtu);
                        }
                      }));
        });
    socket.acknowledge(request);
  }

  /// Brings the port of a bridge up.
  ///
  /// @param hairpin lets what came in through the port leave through it: a container that calls
  ///   itself by its published port needs it where bridged packets pass netfilter
  /// @param isolated keeps it from other isolated ports of the bridge
  public void enablePort(String name, String alias, boolean hairpin, boolean isolated) {
    var request = change("set up " + name).link(0, 0, IFF_UP, IFF_UP).attribute(IFLA_IFNAME, name);
    request.attribute(IFLA_IFALIAS, alias);
    request.nested(
        IFLA_LINKINFO,
        () -> {
          request.attribute(INFO_SLAVE_KIND, "bridge");
          request.nested(
              INFO_SLAVE_DATA,
              () -> {
                request.attributeByte(BRPORT_MODE, hairpin ? 1 : 0);
                request.attributeByte(BRPORT_ISOLATED, isolated ? 1 : 0);
              });
        });
    withoutIpv6Address(request);
    socket.acknowledge(request);
  }

  /// Names the owner of a link, for people and for clean-up.
  public void setAlias(String name, String alias) {
    socket.acknowledge(
        change("set alias of " + name)
            .link(0, 0, 0, 0)
            .attribute(IFLA_IFNAME, name)
            .attribute(IFLA_IFALIAS, alias));
  }

  public void setUp(String name) {
    socket.acknowledge(
        change("set up " + name).link(0, 0, IFF_UP, IFF_UP).attribute(IFLA_IFNAME, name));
  }

  /// A port of a bridge needs no address of its own.
  private static void withoutIpv6Address(Request request) {
    request.nested(
        IFLA_AF_SPEC,
        () ->
            request.nested(
                AF_INET6, () -> request.attributeByte(INET6_ADDR_GEN_MODE, GEN_MODE_NONE)));
  }

  /// @return false when there was no such link
  public boolean deleteLink(String name) {
    try {
      socket.acknowledge(
          new Request("delete link " + name, RTM_DELLINK, Request.NLM_F_ACK)
              .link(0, 0, 0, 0)
              .attribute(IFLA_IFNAME, name));
      return true;
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.ENODEV) {
        return false;
      }
      throw e;
    }
  }

  /// Adds an address; one that is there stays. IPv6 addresses are usable at once, without duplicate
  /// address detection, because the engine hands each out once.
  public void addAddress(int link, InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    boolean four = bytes.length == 4;
    var request =
        new Request(
                "add address " + address.getHostAddress() + "/" + prefix,
                RTM_NEWADDR,
                Request.NLM_F_ACK | Request.NLM_F_CREATE | Request.NLM_F_REPLACE)
            .bytes(four ? AF_INET : AF_INET6, prefix, four ? 0 : IFA_F_NODAD, 0)
            .word(link)
            .attribute(IFA_LOCAL, bytes)
            .attribute(IFA_ADDRESS, bytes);
    if (four && prefix < 31) {
      byte[] broadcast = bytes.clone();
      for (int bit = prefix; bit < 32; bit++) {
        broadcast[bit / 8] |= (byte) (0x80 >> bit % 8);
      }
      request.attribute(IFA_BROADCAST, broadcast);
    }
    socket.acknowledge(request);
  }

  public void deleteAddress(int link, InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    socket.acknowledge(
        new Request("delete address " + address.getHostAddress(), RTM_DELADDR, Request.NLM_F_ACK)
            .bytes(bytes.length == 4 ? AF_INET : AF_INET6, prefix, 0, 0)
            .word(link)
            .attribute(IFA_LOCAL, bytes)
            .attribute(IFA_ADDRESS, bytes));
  }

  /// All addresses of this namespace.
  public List<InterfaceAddress> addresses() {
    var request =
        new Request("list addresses", RTM_GETADDR, Request.NLM_F_DUMP).bytes(0, 0, 0, 0).word(0);
    var result = new ArrayList<InterfaceAddress>();
    for (ByteBuffer message : socket.exchange(request)) {
      int prefix = message.get(1) & 0xff;
      int link = message.getInt(4);
      var attributes = Attributes.of(message.position(8));
      byte[] local = attributes.bytes(IFA_LOCAL);
      byte[] bytes = local != null ? local : attributes.bytes(IFA_ADDRESS);
      if (bytes != null) {
        result.add(new InterfaceAddress(link, address(bytes), prefix));
      }
    }
    return List.copyOf(result);
  }

  /// Adds a default route; replaces the one that is there.
  public void setDefaultRoute(int link, InetAddress gateway) {
    socket.acknowledge(
        route(
                "add default route via " + gateway.getHostAddress(),
                RTM_NEWROUTE,
                gateway,
                0,
                0,
                Request.NLM_F_CREATE | Request.NLM_F_REPLACE)
            .attribute(RTA_GATEWAY, gateway.getAddress())
            .attribute(RTA_OIF, link));
  }

  /// Adds a route to a gateway outside the link's own subnet.
  public void addLinkRoute(int link, InetAddress destination, int prefix) {
    socket.acknowledge(
        route(
                "add route to " + destination.getHostAddress(),
                RTM_NEWROUTE,
                destination,
                prefix,
                SCOPE_LINK,
                Request.NLM_F_CREATE | Request.NLM_F_REPLACE)
            .attribute(RTA_DST, destination.getAddress())
            .attribute(RTA_OIF, link));
  }

  /// @return false when there was none through the gateway
  public boolean deleteDefaultRoute(InetAddress gateway) {
    try {
      socket.acknowledge(
          route("delete default route", RTM_DELROUTE, gateway, 0, 0, 0)
              .attribute(RTA_GATEWAY, gateway.getAddress()));
      return true;
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.ESRCH) {
        return false;
      }
      throw e;
    }
  }

  private static Request route(
      String description, int type, InetAddress family, int prefix, int scope, int flags) {
    int familyNumber = family.getAddress().length == 4 ? AF_INET : AF_INET6;
    return new Request(description, type, Request.NLM_F_ACK | flags)
        .bytes(familyNumber, prefix, 0, 0, TABLE_MAIN, RTPROT_BOOT, scope, RTN_UNICAST)
        .word(0);
  }

  /// Destinations of this namespace's unicast routes in the main table, without default routes.
  public List<InterfaceAddress> routes() {
    var request =
        new Request("list routes", RTM_GETROUTE, Request.NLM_F_DUMP)
            .bytes(0, 0, 0, 0, 0, 0, 0, 0)
            .word(0);
    var result = new ArrayList<InterfaceAddress>();
    for (ByteBuffer message : socket.exchange(request)) {
      int prefix = message.get(1) & 0xff;
      int type = message.get(7) & 0xff;
      var attributes = Attributes.of(message.position(12));
      byte[] destination = attributes.bytes(RTA_DST);
      if (destination != null
          && type == RTN_UNICAST
          && attributes.number(RTA_TABLE) == TABLE_MAIN
          && prefix > 0) {
        result.add(new InterfaceAddress(attributes.number(RTA_OIF), address(destination), prefix));
      }
    }
    return List.copyOf(result);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }

  private static Request create(String description) {
    return new Request(
        description, RTM_NEWLINK, Request.NLM_F_ACK | Request.NLM_F_CREATE | Request.NLM_F_EXCL);
  }

  private static Request change(String description) {
    return new Request(description, RTM_NEWLINK, Request.NLM_F_ACK);
  }

  @Override
  public void close() {
    socket.close();
  }

  /// @param link index of the interface
  public record InterfaceAddress(int link, InetAddress address, int prefix) {}
}
