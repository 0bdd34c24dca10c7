package jcompose.engine.network;

import java.util.List;

/// What a container has on the networks while it runs. The caller keeps it with the container's
/// state and hands it to [ContainerNetworks#recover] after a restart of the daemon.
///
/// @param container full id
/// @param name the container's name at the time
/// @param endpoints in the order of attaching
/// @param ports as really published
/// @param dnsServers asked for what the engine does not know; empty for the host's
public record Attachment(
    String container,
    String name,
    List<Endpoint> endpoints,
    List<PublishedPort> ports,
    List<String> dnsServers) {
  public Attachment {
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
    dnsServers = List.copyOf(dnsServers);
  }

  /// A port of the host that leads to a port of the container.
  ///
  /// @param protocol `tcp` or `udp`
  /// @param hostAddress `0.0.0.0`, `::` or an address of the host
  public record PublishedPort(
      int containerPort, String protocol, String hostAddress, int hostPort) {
    /// `80/tcp`, the key the Engine API uses.
    public String key() {
      return containerPort + "/" + protocol;
    }
  }
}
