package jcompose.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import jcompose.engine.oci.Digest;

/// A registry with one repository, `app`, that wants a proof of who asks, and fails when it is told
/// to.
final class ScriptedRegistry implements AutoCloseable {
  static final String REPOSITORY = "app";
  private final HttpServer server;
  final List<String> requests = new CopyOnWriteArrayList<>();
  final Map<String, Digest> blobs = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream upload = new ByteArrayOutputStream();
  final AtomicInteger tokens = new AtomicInteger();
  volatile String wanted = "";
  volatile String challenge = "";
  volatile String mountableFrom = "";
  volatile int cutAt = Integer.MAX_VALUE;

  ScriptedRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/", this::registry);
    server.createContext("/token", this::token);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  void wantBasic(String username, String password) {
    wanted = "Basic " + base64(username + ":" + password);
    challenge = "Basic realm=\"here\"";
  }

  void wantToken() {
    wanted = "Bearer good";
    challenge = "Bearer realm=\"http://%s/token\",service=\"the registry\"".formatted(host());
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void token(HttpExchange exchange) throws IOException {
    tokens.incrementAndGet();
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI().getQuery()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    boolean good =
        ("Basic " + base64("me:secret"))
            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
    answer(exchange, good ? 200 : 401, "{\"token\":\"good\"}");
  }

  private void registry(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    if (!wanted.isEmpty()
        && !wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
      answer(exchange, 401, "{\"errors\":[{\"message\":\"authentication required\"}]}");
      return;
    }
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        if (!mountableFrom.isEmpty() && query.endsWith("&from=" + mountableFrom)) {
          answer(exchange, 201, "");
          return;
        }
        upload.reset();
        begun(exchange);
      }
      case "PATCH" -> {
        if (take(exchange)) {
          begun(exchange);
        }
      }
      case "PUT" -> {
        if (take(exchange)) {
          blobs.put(
              query.substring(query.indexOf("digest=") + 7), Digest.ofBytes(upload.toByteArray()));
          answer(exchange, 201, "");
        }
      }
      case "GET" -> {
        if (path.contains("/uploads/")) {
          exchange.getResponseHeaders().add("Range", "0-" + Math.max(0, upload.size() - 1));
          answer(exchange, 204, "");
        } else {
          answer(exchange, 404, "");
        }
      }
      default -> answer(exchange, 404, "");
    }
  }

  /// Takes bytes until it is cut off, once.
  private boolean take(HttpExchange exchange) throws IOException {
    var in = exchange.getRequestBody();
    for (int one = in.read(); one >= 0; one = in.read()) {
      upload.write(one);
      if (upload.size() == cutAt) {
        cutAt = Integer.MAX_VALUE;
        exchange.close();
        return false;
      }
    }
    return true;
  }

  private static void begun(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Location", "/v2/app/blobs/uploads/1?state=x");
    answer(exchange, 202, "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
    if (!bodiless) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
