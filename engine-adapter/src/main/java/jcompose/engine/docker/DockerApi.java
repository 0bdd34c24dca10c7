package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// The two ways to call a daemon over one transport: plain JSON, and docker-java's commands.
final class DockerApi implements AutoCloseable {
  private final SocketTransport transport;
  private final ApiVersion version;
  private final ClientConfig config;
  private volatile @Nullable DockerClient client;

  DockerApi(DockerAddress address, ClientConfig config, String wantedVersion) {
    this.version = new ApiVersion(wantedVersion);
    this.transport = new SocketTransport(address, version);
    this.config = config;
  }

  /// Whether an answer of `/version` is our own engine's.
  static boolean isOurs(JsonNode version) {
    return version.path("Platform").path("Name").asText().startsWith("jcompose");
  }

  ApiVersion version() {
    return version;
  }

  ClientConfig config() {
    return config;
  }

  /// docker-java's client, made when it is first needed.
  DockerClient client() {
    DockerClient made = client;
    if (made == null) {
      synchronized (this) {
        made = client;
        if (made == null) {
          made = DockerClientImpl.getInstance(config, transport);
          client = made;
        }
      }
    }
    return made;
  }

  JsonNode get(String path) {
    return read(path, send("GET", path, null));
  }

  /// Sends a request that has headers of its own.
  JsonNode get(Request request) {
    return read(request.path(), execute(request));
  }

  /// The answer as it is.
  String text(String path) {
    try (HttpBody body = send("GET", path, null).body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EngineException.Unavailable(
          "the daemon's answer to " + path + " broke off: " + e.getMessage(), e);
    }
  }

  JsonNode post(String path, @Nullable JsonNode body) {
    return read(path, send("POST", path, body));
  }

  void delete(String path) {
    send("DELETE", path, null).close();
  }

  /// Sends a request and hands over the response with its body unread; the caller closes it.
  HttpResponse send(String method, String path, @Nullable JsonNode body) {
    var request = Request.builder().method(method).path(path);
    if (body != null) {
      try {
        request.bodyBytes(Json.MAPPER.writeValueAsBytes(body));
      } catch (IOException e) {
        throw new EngineException.Invalid("cannot write a request as JSON: " + e.getMessage());
      }
      request.putHeader("Content-Type", "application/json");
    }
    return execute(request.build());
  }

  /// Sends a request after whose answer the connection carries a program's streams; with input it
  /// is upgraded, and what the input gives is sent until its end.
  HttpResponse hijack(String path, @Nullable JsonNode body, Optional<InputStream> input) {
    var request = Request.builder().method("POST").path(path);
    if (body != null) {
      request.bodyBytes(body.toString().getBytes(StandardCharsets.UTF_8));
      request.putHeader("Content-Type", "application/json");
    }
    input.ifPresent(request::hijackedInput);
    return execute(request.build());
  }

  /// Sends a request as it is.
  HttpResponse execute(Request request) {
    return transport.execute(request);
  }

  /// Reads an answer to its end.
  static JsonNode read(String path, HttpResponse response) {
    try (HttpBody body = response.body()) {
      JsonNode tree = Json.MAPPER.readTree(body);
      body.skip(Long.MAX_VALUE); // the end of a chunked body, so that the connection is free again
      return tree;
    } catch (IOException e) {
      throw new EngineException.Unavailable(
          "the daemon's answer to " + path + " broke off: " + e.getMessage(), e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The `filters` parameter, with its name; empty when there are none.
  static String filters(Map<String, List<String>> filters) {
    if (filters.isEmpty()) {
      return "";
    }
    var json = Json.object();
    filters.forEach((name, values) -> json.set(name, Json.array(values)));
    return "filters=" + encode(json.toString());
  }

  /// The `filters` parameter for labels, with its name; empty when there are none.
  static String labelFilter(List<String> labels) {
    return labels.isEmpty()
        ? ""
        : "filters="
            + encode(
                Json.object()
                    .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "label", Json.array(labels))
                    .toString());
  }

  @Override
  public void close() {
    transport.close();
  }
}
