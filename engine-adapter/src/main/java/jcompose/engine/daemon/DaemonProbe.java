package jcompose.engine.daemon;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Finds out whether a daemon answers.
final class DaemonProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final byte[] PING =
      "GET /_ping HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private DaemonProbe() {}

  static boolean answers(Path socket) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      var answer = new CompletableFuture<Boolean>();
      Thread.startVirtualThread(() -> answer.complete(ping(channel)));
      return answer.completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean ping(SocketChannel channel) {
    try {
      channel.write(ByteBuffer.wrap(PING));
      var head = ByteBuffer.allocate(12);
      while (head.hasRemaining() && channel.read(head) >= 0) {}
      return new String(head.array(), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }
}
