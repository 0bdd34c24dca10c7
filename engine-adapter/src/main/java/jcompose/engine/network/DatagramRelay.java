package jcompose.engine.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes datagrams on: to the container from one socket a client, so that answers find back.
final class DatagramRelay {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramRelay.class);
  private static final int IDLE_MILLIS = 90_000; // As Docker's.
  private static final int MOST_CLIENTS = 4096;

  private DatagramRelay() {}

  /// Returns when the server is closed.
  static void serve(DatagramChannel server, InetSocketAddress target) {
    ConcurrentMap<SocketAddress, DatagramSocket> clients = new ConcurrentHashMap<>();
    var buffer = ByteBuffer.allocate(0xffff);
    while (server.isOpen()) {
      try {
        SocketAddress client = server.receive(buffer.clear());
        buffer.flip();
        DatagramSocket socket = clients.get(client);
        if (socket == null) {
          if (clients.size() >= MOST_CLIENTS) {
            continue;
          }
          var created = new DatagramSocket();
          created.connect(target);
          created.setSoTimeout(IDLE_MILLIS);
          clients.put(client, created);
          Thread.startVirtualThread(
              () -> {
                answer(server, client, created);
                clients.remove(client, created);
              });
          socket = created;
        }
        socket.send(new DatagramPacket(buffer.array(), buffer.limit()));
      } catch (ClosedChannelException e) {
        break;
      } catch (IOException e) {
        LOG.atDebug().addKeyValue("target", target).setCause(e).log("a datagram was lost");
      }
    }
    clients.values().forEach(DatagramSocket::close);
  }

  private static void answer(DatagramChannel server, SocketAddress client, DatagramSocket socket) {
    var packet = new DatagramPacket(new byte[0xffff], 0xffff);
    try (socket) {
      while (true) {
        packet.setLength(0xffff);
        socket.receive(packet);
        server.send(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), client);
      }
    } catch (IOException e) {
      // Idle for long enough, refused by the container, or closed with the port.
    }
  }
}
