package jcompose.engine.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class HttpServerTest {
  private static final HttpLimits LIMITS = new HttpLimits(4096, 20, Duration.ofMillis(500), 1024);

  private final CountDownLatch clientLeft = new CountDownLatch(1);
  private HttpServer server;
  private InetSocketAddress address;

  @BeforeEach
  void listen() throws IOException {
    server = new HttpServer(this::answer, LIMITS);
    address =
        (InetSocketAddress)
            server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    switch (exchange.request().path()) {
      case "/echo" -> exchange.send(200, "text/plain", exchange.body().readAllBytes());
      case "/unread" -> exchange.send(200, "text/plain", bytes("unread"));
      case "/query" ->
          exchange.send(200, "text/plain", bytes(exchange.request().query().toString()));
      case "/stream" -> {
        try (OutputStream out = exchange.stream(200, "text/plain")) {
          out.write(bytes("one"));
          out.write(bytes("three"));
        }
      }
      case "/broken" -> exchange.stream(200, "text/plain").write(bytes("half"));
      case "/quiet" -> {
        exchange.stream(200, "text/plain");
        exchange.whenClientLeaves(clientLeft::countDown);
        await();
      }
      case "/hijack" -> {
        RawStream raw = exchange.hijack("application/raw");
        raw.output().write(bytes("got "));
        raw.output().write(raw.input().readAllBytes()); // until the client's half-close
        raw.closeOutput();
      }
      default -> throw new HttpException(404, "no such page");
    }
  }

  private void await() throws IOException {
    try {
      if (!clientLeft.await(10, TimeUnit.SECONDS)) {
        throw new IOException("nobody left");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Sends all, closes the sending side and returns everything that comes back.
  private String talk(String request) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return readAll(socket.getInputStream());
    }
  }

  private static String readAll(InputStream in) throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (IOException reset) {
      // the server may close while we still send; what came before counts
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @Test
  void pipelined_requests_are_answered_in_their_order() throws IOException {
    String answer =
        talk(
            """
            POST /echo HTTP/1.1\r
            Host: x\r
            Content-Length: 3\r
            \r
            abcPOST /echo HTTP/1.1\r
            Host: x\r
            Transfer-Encoding: chunked\r
            \r
            2;note=1\r
            de\r
            1\r
            f\r
            0\r
            Trailer: t\r
            \r
            GET /query?a=1%202&a=3&b HTTP/1.1\r
            Host: x\r
            \r
            """);
    assertThat(answer).containsSubsequence("200 OK", "abc", "200 OK", "def", "{a=[1 2, 3], b=[]}");
  }

  @Test
  void a_stream_is_chunked_and_ends_with_an_empty_chunk() throws IOException {
    assertThat(talk("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"))
        .endsWith("\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n");
  }

  @Test
  void a_stream_that_a_handler_left_open_does_not_end_well() throws IOException {
    assertThat(talk("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n"))
        .endsWith("4\r\nhalf\r\n")
        .doesNotContain("0\r\n\r\n");
  }

  @Test
  void an_old_client_gets_its_stream_without_chunks() throws IOException {
    assertThat(talk("GET /stream HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\nonethree");
  }

  @Test
  void a_client_that_waits_for_100_continue_gets_it_when_its_body_is_wanted() throws IOException {
    String head =
        "POST /%s HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    assertThat(talk(head.formatted("echo") + "ok"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
        .endsWith("ok");
    assertThat(talk(head.formatted("unread")))
        .startsWith("HTTP/1.1 200 OK")
        .contains("Connection: close");
  }

  @Test
  void a_small_unread_body_is_skipped_and_a_large_one_ends_the_connection() throws IOException {
    String small = "POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789";
    assertThat(talk(small + small)).containsSubsequence("unread", "200 OK", "unread");
    String large =
        "POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5000);
    assertThat(talk(large + small).split("200 OK", -1)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"Upgrade,HTTP/1.1 101 UPGRADED", "keep-alive,HTTP/1.1 200 OK"})
  void a_hijacked_connection_survives_the_half_close_of_its_client(String connection, String first)
      throws IOException {
    String answer =
        talk(
            "POST /hijack HTTP/1.1\r\nHost: x\r\nUpgrade: tcp\r\nConnection: "
                + connection
                + "\r\n\r\nearly input");
    assertThat(answer).startsWith(first).endsWith("got early input");
  }

  @Test
  void a_client_that_leaves_a_quiet_stream_is_noticed() throws Exception {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(bytes("GET /quiet HTTP/1.1\r\nHost: x\r\n\r\n"));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      assertThat(clientLeft.getCount()).isOne();
    }
    assertThat(clientLeft.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_client_that_dawdles_over_its_head_is_dropped() throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes("GET /echo HTT"));
      assertThat(readAll(socket.getInputStream())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | GET /echo%s
          400 | GET  /echo HTTP/1.1%sHost: x%s%s
          505 | GET /echo HTTP/2.0%sHost: x%s%s
          400 | GET echo HTTP/1.1%sHost: x%s%s
          400 | GET /echo HTTP/1.1%s%s
          400 | GET /echo HTTP/1.1%sHost: x%sHost: y%s%s
          400 | GET /echo HTTP/1.1%sHost: x%sBad Name: y%s%s
          400 | GET /echo HTTP/1.1%sHost: x%s folded: y%s%s
          400 | POST /echo HTTP/1.1%sHost: x%sContent-Length: 1%sTransfer-Encoding: chunked%s%s
          400 | POST /echo HTTP/1.1%sHost: x%sContent-Length: -1%s%s
          400 | POST /echo HTTP/1.1%sHost: x%sContent-Length: 1%sContent-Length: 2%s%s
          501 | POST /echo HTTP/1.1%sHost: x%sTransfer-Encoding: gzip%s%s
          400 | POST /echo HTTP/1.1%sHost: x%sTransfer-Encoding: chunked%s%szz%s
          400 | POST /echo HTTP/1.1%sHost: x%sTransfer-Encoding: chunked%s%s1%sab%s
          400 | GET /query?a=%%zz HTTP/1.1%sHost: x%s%s
          404 | GET /nothing HTTP/1.1%sHost: x%s%s
          """)
  void what_is_malformed_is_refused(int status, String request) throws IOException {
    assertThat(talk(request.replace("%s", "\r\n").replace("%%", "%")))
        .startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void a_head_is_bounded_in_bytes_and_lines() throws IOException {
    String head = "GET /echo HTTP/1.1\r\nHost: x\r\n";
    assertThat(talk(head + "X: " + "y".repeat(5000) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
    assertThat(talk(head + "X: y\r\n".repeat(30) + "\r\n")).startsWith("HTTP/1.1 431 ");
  }
}
