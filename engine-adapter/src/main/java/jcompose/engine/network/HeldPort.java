package jcompose.engine.network;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port of the host held by a socket. Packets that nftables sends to the container never get to
/// the socket; those that it cannot (IPv6 to a container without, ::1) do, and a relay passes them
/// on.
final class HeldPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldPort.class);
  private static final int BACKLOG = 512;

  private final NetworkChannel socket;
  private final List<Attachment.PublishedPort> published;

  private HeldPort(NetworkChannel socket, List<Attachment.PublishedPort> published) {
    this.socket = socket;
    this.published = published;
  }

  /// @param bind `::` takes the port on all IPv4 addresses too
  /// @param port 0 for any free one
  /// @param addresses as they are told
  static HeldPort open(
      String protocol, InetAddress bind, int port, int containerPort, List<String> addresses)
      throws IOException {
    ProtocolFamily family =
        bind instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    var address = new InetSocketAddress(bind, port);
    NetworkChannel socket =
        protocol.equals("tcp") ? ServerSocketChannel.open(family) : DatagramChannel.open(family);
    try {
      if (socket instanceof ServerSocketChannel server) {
        server.bind(address, BACKLOG);
      } else {
        socket.bind(address);
      }
      int actual = ((InetSocketAddress) socket.getLocalAddress()).getPort();
      return new HeldPort(
          socket,
          addresses.stream()
              .map(it -> new Attachment.PublishedPort(containerPort, protocol, it, actual))
              .toList());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  List<Attachment.PublishedPort> published() {
    return published;
  }

  /// Passes on what comes to the socket itself.
  void relayTo(InetAddress container) {
    var target = new InetSocketAddress(container, published.getFirst().containerPort());
    switch (socket) {
      case ServerSocketChannel server ->
          Thread.ofVirtual().name("relay-tcp").start(() -> StreamRelay.serve(server, target));
      case DatagramChannel datagrams ->
          Thread.ofVirtual().name("relay-udp").start(() -> DatagramRelay.serve(datagrams, target));
      default -> throw new IllegalStateException("a socket of no kind known here");
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("ports", published).setCause(e).log("cannot close a held port");
    }
  }
}
