package jcompose.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import jcompose.core.engine.EngineException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The transport against a server that says exactly what a test wants.
final class SocketTransportTest {
  @TempDir Path folder;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private ServerSocketChannel server;
  private SocketTransport transport;

  @BeforeEach
  void listen() throws IOException {
    Path socket = folder.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    transport = new SocketTransport(new DockerAddress.Unix(socket), new ApiVersion(""));
  }

  @AfterEach
  void end() throws IOException {
    transport.close();
    server.close();
  }

  /// Answers the requests of each connection with the texts, in order, then closes it.
  private void answering(String... answers) {
    var next = new AtomicInteger();
    Thread.ofVirtual()
        .start(
            () -> {
              while (next.get() < answers.length) {
                try (SocketChannel client = server.accept()) {
                  connections.incrementAndGet();
                  InputStream input = Channels.newInputStream(client);
                  OutputStream output = Channels.newOutputStream(client);
                  while (next.get() < answers.length && readHead(input)) {
                    String answer = answers[next.getAndIncrement()];
                    output.write(answer.getBytes(StandardCharsets.UTF_8));
                    if (answer.contains("Connection: close")) {
                      break;
                    }
                  }
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  private boolean readHead(InputStream input) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    heads.add(head.toString());
    return true;
  }

  private String get(String path) throws IOException {
    var request = Request.builder().method(Request.Method.GET).path(path).build();
    try (HttpBody body = transport.execute(request).body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void a_connection_serves_several_requests() throws IOException {
    answering(
        ok("one"),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\ntw\r\n1\r\no\r\n0\r\n\r\n",
        ok(""));
    assertThat(get("/a")).isEqualTo("one");
    assertThat(get("/b")).isEqualTo("two");
    assertThat(get("/c")).isEmpty();
    assertThat(connections).hasValue(1);
    assertThat(heads.getFirst()).startsWith("GET /v1.45/a HTTP/1.1\r\n");
  }

  @Test
  void a_connection_the_daemon_closes_is_not_used_again() throws IOException {
    answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na", ok("b"));
    assertThat(get("/a")).isEqualTo("a");
    assertThat(get("/b")).isEqualTo("b");
    assertThat(connections).hasValue(2);
  }

  @Test
  void a_daemon_that_knows_only_an_older_version_is_spoken_to_in_it() throws IOException {
    String refusal =
        "{\"message\":\"client version 1.45 is too new. Maximum supported API version is 1.41\"}";
    answering(
        "HTTP/1.1 400 Bad Request\r\nContent-Length: " + refusal.length() + "\r\n\r\n" + refusal,
        ok("fine"));
    assertThat(get("/a")).isEqualTo("fine");
    assertThat(heads.getLast()).startsWith("GET /v1.41/a ");
  }

  @Test
  void refusals_have_their_kind_and_the_daemons_words() {
    answering("HTTP/1.1 404 Not Found\r\nContent-Length: 21\r\n\r\n{\"message\":\"no such\"}");
    assertThatThrownBy(() -> get("/a"))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("no such");
  }

  @Test
  void a_body_that_breaks_off_is_an_error() {
    answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9\r\n\r\nshort");
    assertThatThrownBy(() -> get("/a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in the middle of a response");
  }

  @Test
  void what_is_not_http_is_told() {
    answering("SSH-2.0-OpenSSH\r\nConnection: close\r\n\r\n");
    assertThatThrownBy(() -> get("/a"))
        .isInstanceOf(EngineException.Unavailable.class)
        .hasMessageContaining("does not speak HTTP");
  }

  @Test
  void a_stream_goes_up_in_chunks_once_the_version_is_known() {
    answering(ok("OK"), ok("done"));
    var request =
        Request.builder()
            .method(Request.Method.POST)
            .path("/build")
            .body(new ByteArrayInputStream("context".getBytes(StandardCharsets.UTF_8)))
            .build();
    transport.execute(request).close();
    assertThat(heads.get(0)).startsWith("GET /_ping ");
    assertThat(heads.get(1))
        .startsWith("POST /v1.45/build ")
        .contains("Transfer-Encoding: chunked");
  }

  @Test
  void no_header_carries_a_line_break() {
    answering(ok(""));
    var request =
        Request.builder()
            .method(Request.Method.GET)
            .path("/a")
            .putHeader("X-Registry-Auth", "a\r\nEvil: b")
            .build();
    assertThatThrownBy(() -> transport.execute(request))
        .isInstanceOf(EngineException.Invalid.class);
  }
}
