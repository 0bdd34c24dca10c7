package jcompose.engine.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes TCP connections on, each direction by a virtual thread of its own.
final class StreamRelay {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRelay.class);

  private StreamRelay() {}

  /// Returns when the server is closed.
  static void serve(ServerSocketChannel server, InetSocketAddress target) {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        Thread.startVirtualThread(() -> relay(client, target));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.atWarn().addKeyValue("target", target).setCause(e).log("cannot accept a connection");
      }
    }
  }

  private static void relay(SocketChannel client, InetSocketAddress target) {
    try (client;
        var container = SocketChannel.open(target)) {
      var back = Thread.startVirtualThread(() -> copy(container, client));
      copy(client, container);
      back.join();
    } catch (IOException e) {
      // The container does not listen: the client sees its connection closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Copies until the end, then ends the other side's input: half-closed connections stay so.
  private static void copy(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocate(1 << 16);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }
}
