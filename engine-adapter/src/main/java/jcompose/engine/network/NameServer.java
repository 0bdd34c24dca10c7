package jcompose.engine.network;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The name server at 127.0.0.11 of one container. Its sockets are opened inside the container's
/// network namespace; this process serves them from where it is.
final class NameServer implements AutoCloseable {
  static final String ADDRESS = "127.0.0.11";
  private static final int PORT = 53;
  private static final int CONCURRENT_FORWARDS = 256;
  private static final Logger LOG = LoggerFactory.getLogger(NameServer.class);

  private final DatagramChannel datagrams;
  private final ServerSocketChannel streams;
  private final NameAnswers answers;
  private final NameForwarder forwarder;
  // A container that floods names cannot take all of the daemon's memory.
  private final Semaphore forwards = new Semaphore(CONCURRENT_FORWARDS);

  private NameServer(
      DatagramChannel datagrams,
      ServerSocketChannel streams,
      NameAnswers answers,
      NameForwarder forwarder) {
    this.datagrams = datagrams;
    this.streams = streams;
    this.answers = answers;
    this.forwarder = forwarder;
  }

  /// Opens the sockets in the network namespace of the calling thread.
  static NameServer open(NameAnswers answers, NameForwarder forwarder) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByName(ADDRESS), PORT);
    var datagrams = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      // Shares the port with a server in the container that takes all addresses and allows sharing.
      datagrams.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      datagrams.bind(address);
      var streams = ServerSocketChannel.open(StandardProtocolFamily.INET);
      try {
        streams.bind(address);
        return new NameServer(datagrams, streams, answers, forwarder);
      } catch (IOException e) {
        streams.close();
        throw e;
      }
    } catch (IOException e) {
      datagrams.close();
      throw e;
    }
  }

  void start() {
    Thread.ofVirtual().name("names-udp").start(this::serveDatagrams);
    Thread.ofVirtual().name("names-tcp").start(this::serveStreams);
  }

  private void serveDatagrams() {
    var buffer = ByteBuffer.allocate(0xffff);
    while (datagrams.isOpen()) {
      try {
        buffer.clear();
        SocketAddress client = datagrams.receive(buffer);
        byte[] query = new byte[buffer.flip().remaining()];
        buffer.get(query);
        switch (answers.reply(query, true)) {
          case NameAnswers.Reply.Answer(byte[] message) -> send(message, client);
          case NameAnswers.Reply.Forward(byte[] failure) -> {
            if (forwards.tryAcquire()) {
              Thread.startVirtualThread(() -> forwardDatagram(query, failure, client));
            } else {
              send(failure, client);
            }
          }
          case NameAnswers.Reply.Ignore() -> {}
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.atWarn().setCause(e).log("a name query failed");
      }
    }
  }

  private void forwardDatagram(byte[] query, byte[] failure, SocketAddress client) {
    try {
      send(forwarder.forward(query, true).orElse(failure), client);
    } catch (IOException e) {
      // The container has gone, or its client has.
    } finally {
      forwards.release();
    }
  }

  private void send(byte[] message, SocketAddress client) throws IOException {
    datagrams.send(ByteBuffer.wrap(message), client);
  }

  private void serveStreams() {
    while (streams.isOpen()) {
      try {
        SocketChannel client = streams.accept();
        if (forwards.tryAcquire()) {
          Thread.startVirtualThread(() -> serveStream(client));
        } else {
          client.close();
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.atWarn().setCause(e).log("a connection for name queries failed");
      }
    }
  }

  private void serveStream(SocketChannel client) {
    try (client) {
      client.socket().setSoTimeout(10_000);
      var in = new DataInputStream(client.socket().getInputStream());
      var out = Channels.newOutputStream(client);
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        byte[] answer =
            switch (answers.reply(query, false)) {
              case NameAnswers.Reply.Answer(byte[] message) -> message;
              case NameAnswers.Reply.Forward(byte[] failure) ->
                  forwarder.forward(query, false).orElse(failure);
              case NameAnswers.Reply.Ignore() -> throw new EOFException("not a query");
            };
        byte[] framed = new byte[answer.length + 2];
        framed[0] = (byte) (answer.length >> 8);
        framed[1] = (byte) answer.length;
        System.arraycopy(answer, 0, framed, 2, answer.length);
        out.write(framed);
      }
    } catch (IOException | RuntimeException e) {
      // The client is done, or sends nothing that makes sense.
    } finally {
      forwards.release();
    }
  }

  @Override
  public void close() {
    try (datagrams;
        streams) {
      // Closing both, whatever the first says.
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("cannot close a name server");
    }
  }
}
