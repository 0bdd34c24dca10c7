package jcompose.engine.daemon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageId;
import jcompose.engine.build.BuildContextSource;
import jcompose.engine.build.BuildEvent;
import jcompose.engine.build.BuildException;
import jcompose.engine.build.BuildOutput;
import jcompose.engine.build.BuildRequest;
import jcompose.engine.local.LocalEngine;

/// `POST /build`: the context as a tar, the classic builder's lines as the answer.
final class BuildRouter {
  private final LocalEngine engine;

  BuildRouter(LocalEngine engine) {
    this.engine = engine;
  }

  void register(Routes routes) {
    routes.add("POST", "/build", this::build);
  }

  private void build(ApiCall call) throws IOException {
    if (call.parameter("version").filter(it -> it.equals("2")).isPresent()) {
      throw new EngineException.Unsupported(
          "BuildKit sessions are not supported: set DOCKER_BUILDKIT=0 to use the builder here");
    }
    if (call.parameter("remote").filter(it -> !it.equals("client-session")).isPresent()) {
      throw new EngineException.Unsupported("building from a URL is not supported yet");
    }
    boolean quiet = call.flag("q");
    BuildRequest request =
        BuildRequest.of(new BuildContextSource.Tar(call.rawBody()))
            .dockerfile(call.parameter("dockerfile").orElse("Dockerfile"))
            .arguments(arguments(call.parameter("buildargs")))
            .target(call.parameter("target"))
            .tags(call.parameters("t").stream().filter(it -> !it.isEmpty()).toList())
            .labels(texts(call.parameter("labels")))
            .noCache(call.flag("nocache"))
            .pull(call.flag("pull"))
            .networkMode(call.parameter("networkmode"))
            .extraHosts(extraHosts(call))
            .platform(call.parameter("platform"))
            .shmSizeBytes(call.parameter("shmsize").map(BuildRouter::bytes).filter(it -> it > 0))
            .credentials(RegistryAuth.all(call))
            .quiet(quiet)
            .build();
    var progress = new ProgressStream(call);
    try {
      engine.images().build(request, new Output(progress));
    } catch (BuildException e) {
      if (!progress.isOpen()) { // a Dockerfile that cannot be read
        throw new EngineException.Invalid(String.valueOf(e.getMessage()));
      }
      progress.error(String.valueOf(e.getMessage()), e.exitCode());
    } catch (EngineException e) {
      if (!progress.isOpen()) {
        throw e;
      }
      progress.error(String.valueOf(e.getMessage()), 0);
    }
    progress.close();
  }

  private static long bytes(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new EngineException.Invalid("invalid shmsize: " + text);
    }
  }

  private static List<String> extraHosts(ApiCall call) {
    return call.parameters("extrahosts").stream()
        .flatMap(it -> List.of(it.split(",")).stream())
        .filter(it -> !it.isEmpty())
        .toList();
  }

  /// A null value means: take the daemon's own environment, of which nothing is given away.
  private static Map<String, String> arguments(Optional<String> json) {
    Map<String, String> given = new LinkedHashMap<>();
    read(json, "buildargs")
        .properties()
        .forEach(
            it -> {
              if (!it.getValue().isNull()) {
                given.put(it.getKey(), it.getValue().asText());
              }
            });
    return given;
  }

  private static Map<String, String> texts(Optional<String> json) {
    Map<String, String> labels = new LinkedHashMap<>();
    read(json, "labels")
        .properties()
        .forEach(it -> labels.put(it.getKey(), it.getValue().asText()));
    return labels;
  }

  private static JsonNode read(Optional<String> json, String name) {
    try {
      JsonNode node = Json.MAPPER.readTree(json.orElse("{}"));
      if (node.isObject() || node.isNull()) {
        return node;
      }
      throw new EngineException.Invalid("invalid " + name + ": not an object");
    } catch (JsonProcessingException e) {
      throw new EngineException.Invalid("invalid " + name + ": " + e.getOriginalMessage());
    }
  }

  /// The builder's words as JSON lines.
  private record Output(ProgressStream progress) implements BuildOutput {
    @Override
    public void text(String text) {
      progress.text(text);
    }

    @Override
    public TransferListener transfers() {
      return progress;
    }

    @Override
    public void event(BuildEvent event) {}

    @Override
    public void built(ImageId image) {
      progress.send(Map.of("aux", Map.of("ID", image.value())));
    }
  }
}
