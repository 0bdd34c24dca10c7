package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.BuildSpec;
import jcompose.core.resource.ImageId;

/// `POST /build`, the classic builder: the context goes up as a tar while it is read, the output
/// comes down as JSON objects.
final class ImageBuild {
  private final DockerApi api;
  private final RegistryCredentials credentials;

  ImageBuild(DockerApi api, RegistryCredentials credentials) {
    this.api = api;
    this.credentials = credentials;
  }

  ImageId run(BuildSpec spec, TransferListener listener) {
    BuildContext context = BuildContext.of(spec);
    try (BuildContext.Archive archive = context.archive()) {
      Request request =
          Request.builder()
              .method(Request.Method.POST)
              .path("/build?" + query(spec, context.dockerfile()))
              .putHeader("Content-Type", "application/x-tar")
              .putHeader("X-Registry-Config", registryConfig())
              .body(archive)
              .build();
      HttpResponse response = api.execute(request);
      archive.failure().ifPresent(ImageBuild::refuse);
      return read(response, listener);
    }
  }

  private static void refuse(IOException e) {
    throw new EngineException.Invalid("cannot read the build context: " + e.getMessage());
  }

  private static String query(BuildSpec spec, String dockerfile) {
    var query = new StringBuilder("rm=true&forcerm=true");
    append(query, "dockerfile", dockerfile);
    spec.tags().forEach(it -> append(query, "t", it));
    append(query, "buildargs", Json.object(spec.arguments()).toString());
    append(query, "labels", Json.object(spec.labels()).toString());
    if (!spec.cacheFrom().isEmpty()) {
      append(query, "cachefrom", Json.array(spec.cacheFrom()).toString());
    }
    if (spec.noCache()) {
      append(query, "nocache", "true");
    }
    if (spec.pull()) {
      append(query, "pull", "true");
    }
    spec.target().ifPresent(it -> append(query, "target", it));
    spec.network().ifPresent(it -> append(query, "networkmode", it));
    spec.extraHosts().forEach(it -> append(query, "extrahosts", it));
    spec.shmSizeBytes().ifPresent(it -> append(query, "shmsize", it.toString()));
    spec.platform().ifPresent(it -> append(query, "platform", it));
    return query.toString();
  }

  private static void append(StringBuilder query, String name, String value) {
    query.append('&').append(name).append('=').append(DockerApi.encode(value));
  }

  private String registryConfig() {
    ObjectNode all = Json.object();
    for (AuthConfig each : credentials.all()) {
      ObjectNode entry = all.putObject(each.getRegistryAddress());
      put(entry, "username", each.getUsername());
      put(entry, "password", each.getPassword());
      put(entry, "identitytoken", each.getIdentitytoken());
    }
    return Base64.getUrlEncoder().encodeToString(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void put(
      ObjectNode entry, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      entry.put(name, value);
    }
  }

  private ImageId read(HttpResponse response, TransferListener listener) {
    Optional<String> built = Optional.empty();
    var lines = new Lines(listener);
    try (MappingIterator<JsonNode> items =
        Json.MAPPER.readerFor(JsonNode.class).readValues(response.body())) {
      while (items.hasNextValue()) {
        JsonNode item = items.nextValue();
        Optional<String> error =
            Json.text(item.path("errorDetail").path("message"))
                .or(() -> Json.text(item.path("error")));
        if (error.isPresent()) {
          lines.end();
          throw new EngineException.Failed(error.get());
        }
        lines.add(item.path("stream").asText());
        Optional<String> id = Json.text(item.path("aux").path("ID"));
        built = id.isPresent() ? id : built; // one comes for every stage; the last is the image
        progress(item, listener);
      }
    } catch (IOException e) {
      throw new EngineException.Unavailable("the builder's output broke off: " + e.getMessage(), e);
    }
    lines.end();
    return built
        .map(ImageId::new)
        .orElseThrow(() -> new EngineException.Failed("the builder ended without naming an image"));
  }

  private static void progress(JsonNode item, TransferListener listener) {
    Json.text(item.path("status"))
        .ifPresent(
            status -> {
              JsonNode detail = item.path("progressDetail");
              listener.progress(
                  item.path("id").asText(),
                  status,
                  number(detail, "current"),
                  number(detail, "total"));
            });
  }

  private static Optional<Long> number(JsonNode detail, String name) {
    return detail.has(name) ? Optional.of(detail.path(name).asLong()) : Optional.empty();
  }

  /// The builder's output comes in pieces; the listener wants lines.
  private static final class Lines {
    private final TransferListener listener;
    private final StringBuilder begun = new StringBuilder();

    Lines(TransferListener listener) {
      this.listener = listener;
    }

    void add(String piece) {
      begun.append(piece);
      for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
        line(begun.substring(0, end));
        begun.delete(0, end + 1);
      }
    }

    void end() {
      if (!begun.isEmpty()) {
        line(begun.toString());
        begun.setLength(0);
      }
    }

    private void line(String text) {
      listener.progress("", text.stripTrailing(), Optional.empty(), Optional.empty());
    }
  }
}
