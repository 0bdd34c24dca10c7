package jcompose.engine.network;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks name servers outside, from the engine's own network namespace, so that a server which only
/// the host reaches, such as one on its loopback address, serves containers too.
///
/// @param servers read anew for each question; tried in order
record NameForwarder(Supplier<List<InetAddress>> servers, Duration timeout) {
  private static final int PORT = 53;

  /// @return the answer's bytes as they came; absent when no server answered in time
  Optional<byte[]> forward(byte[] query, boolean datagram) {
    for (InetAddress server : servers.get()) {
      try {
        return Optional.of(
            datagram
                ? byDatagram(query, new InetSocketAddress(server, PORT))
                : byStream(query, new InetSocketAddress(server, PORT)));
      } catch (IOException e) {
        // The next one may answer.
      }
    }
    return Optional.empty();
  }

  private byte[] byDatagram(byte[] query, InetSocketAddress server) throws IOException {
    try (var socket = new DatagramSocket()) { // A port of its own: harder to forge an answer.
      socket.connect(server);
      socket.send(new DatagramPacket(query, query.length));
      long deadline = System.nanoTime() + timeout.toNanos();
      var packet = new DatagramPacket(new byte[0xffff], 0xffff);
      while (true) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new SocketTimeoutException("no answer from " + server);
        }
        socket.setSoTimeout((int) left);
        socket.receive(packet);
        byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
        if (answers(answer, query)) {
          return answer;
        }
      }
    }
  }

  private byte[] byStream(byte[] query, InetSocketAddress server) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(server, (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      var out = new DataOutputStream(socket.getOutputStream());
      byte[] framed =
          new byte[query.length + 2]; // One write: a segment for the length alone is slow.
      framed[0] = (byte) (query.length >> 8);
      framed[1] = (byte) query.length;
      System.arraycopy(query, 0, framed, 2, query.length);
      out.write(framed);
      var in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return answer;
    }
  }

  /// Same id, and a response.
  private static boolean answers(byte[] answer, byte[] query) {
    return answer.length >= 12
        && answer[0] == query[0]
        && answer[1] == query[1]
        && (answer[2] & 0x80) != 0;
  }
}
