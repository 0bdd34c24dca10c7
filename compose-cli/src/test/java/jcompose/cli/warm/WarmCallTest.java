package jcompose.cli.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A caller of the warm JVM, played frame by frame.
@Timeout(30)
final class WarmCallTest {
  private static final String PROJECT = "name: demo\nservices: {web: {image: nginx}}\n";

  @TempDir private Path folder;
  private SocketChannel caller;
  private DataInputStream answers;
  private final CompletableFuture<Void> served = new CompletableFuture<>();

  @BeforeEach
  void connects() throws IOException {
    var address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(address);
      caller = SocketChannel.open(address);
      SocketChannel accepted = listener.accept();
      Thread.ofVirtual().start(() -> serve(accepted));
    }
    answers = new DataInputStream(Channels.newInputStream(caller));
  }

  private void serve(SocketChannel accepted) {
    try {
      new WarmCall(accepted).serve();
      served.complete(null);
    } catch (IOException e) {
      served.completeExceptionally(e);
    }
  }

  @AfterEach
  void disconnects() throws IOException {
    caller.close();
  }

  @Test
  void output_and_exit_status_come_back() throws IOException {
    call("version", "--short");
    var ended = listen(PROJECT);
    assertThat(ended.status).isZero();
    assertThat(ended.output).matches("[0-9.]+\\R");
  }

  @Test
  void a_failure_has_its_words_on_standard_error() throws IOException {
    call("nonsense");
    var ended = listen("");
    assertThat(ended.status).isEqualTo(16);
    assertThat(ended.error).contains("unknown command: \"nonsense\"");
    assertThat(ended.output).isEmpty();
  }

  @Test
  void input_is_fetched_only_when_the_command_reads() throws IOException {
    call("-f", "-", "config", "--services");
    var ended = listen(PROJECT);
    assertThat(ended.output).isEqualTo("web\n");
    assertThat(ended.asked).isPositive();
  }

  @Test
  void a_signal_that_the_command_does_not_handle_ends_the_caller() throws Exception {
    call("-f", "-", "config");
    assertThat(answers.readUnsignedByte()).isEqualTo(Replies.ACCEPTED);
    answers.readInt();
    assertThat(answers.readUnsignedByte()).isEqualTo(Replies.NEED_INPUT);
    answers.readInt();
    send('S', new byte[] {RelayedSignals.SIGINT});
    assertThat(answers.readUnsignedByte()).isEqualTo(Replies.DIE);
    assertThat(answers.readInt()).isEqualTo(RelayedSignals.SIGINT);
    caller.close();
    served.get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_command_ends_when_its_caller_goes() throws Exception {
    call("-f", "-", "config");
    assertThat(answers.readUnsignedByte()).isEqualTo(Replies.ACCEPTED);
    caller.close();
    served.get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_daemon_gets_a_process_of_its_own() throws IOException {
    call("engine", "serve");
    assertThat(answers.readUnsignedByte()).isEqualTo(Replies.REFUSED);
  }

  @Test
  void who_speaks_another_language_is_not_served() throws IOException {
    caller.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> served.get(10, TimeUnit.SECONDS)).hasMessageContaining("a frame of");
  }

  private void call(String... arguments) throws IOException {
    send('W', new byte[] {0, 100, 0, 30});
    String words =
        "%s\0nnn\0%d\0%s\0HOME=/nowhere\0"
            .formatted(folder, arguments.length, String.join("\0", arguments));
    send('C', words.getBytes(StandardCharsets.UTF_8));
  }

  private void send(char type, byte[] data) throws IOException {
    var frame = ByteBuffer.allocate(5 + data.length);
    frame.put((byte) type).putInt(data.length).put(data).flip();
    while (frame.hasRemaining()) {
      caller.write(frame);
    }
  }

  private record Ended(int status, String output, String error, int asked) {}

  /// Answers each wish for input, until the command has ended.
  private Ended listen(String input) throws IOException {
    var output = new ByteArrayOutputStream();
    var error = new ByteArrayOutputStream();
    int asked = 0;
    while (true) {
      int type = answers.readUnsignedByte();
      int length = answers.readInt();
      switch (type) {
        case Replies.ACCEPTED -> assertThat(length).isZero();
        case Replies.OUTPUT -> output.write(answers.readNBytes(length));
        case Replies.ERROR -> error.write(answers.readNBytes(length));
        case Replies.NEED_INPUT ->
            send('I', asked++ == 0 ? input.getBytes(StandardCharsets.UTF_8) : new byte[0]);
        case Replies.EXIT -> {
          return new Ended(
              length,
              output.toString(StandardCharsets.UTF_8),
              error.toString(StandardCharsets.UTF_8),
              asked);
        }
        default -> throw new AssertionError("a frame of kind " + (char) type);
      }
    }
  }
}
