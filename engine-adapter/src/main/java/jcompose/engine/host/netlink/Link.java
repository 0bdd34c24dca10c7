package jcompose.engine.host.netlink;

/// A network interface.
///
/// @param kind `bridge`, `veth`; empty for hardware
/// @param alias free text that `ip link set alias` shows; empty for none
/// @param master index of the bridge it is a port of, or 0
public record Link(
    int index, String name, String kind, String alias, int master, boolean up, int mtu) {}
