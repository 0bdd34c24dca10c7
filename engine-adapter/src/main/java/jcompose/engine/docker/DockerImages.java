package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.Images;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.BuildSpec;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.core.resource.ImportSpec;

/// The `/images` calls.
final class DockerImages implements Images {
  private final DockerApi api;
  private final RegistryCredentials credentials;
  private final ImageBuild build;

  DockerImages(DockerApi api, RegistryCredentials credentials) {
    this.api = api;
    this.credentials = credentials;
    this.build = new ImageBuild(api, credentials);
  }

  @Override
  public Optional<ImageDetails> find(String reference) {
    try {
      return Optional.of(details(api.get("/images/" + path(reference) + "/json")));
    } catch (EngineException.NotFound e) {
      return Optional.empty();
    }
  }

  @Override
  public List<ImageDetails> list() {
    List<ImageDetails> images = new ArrayList<>();
    for (JsonNode each : api.get("/images/json")) {
      find(each.path("Id").asText()).ifPresent(images::add); // absent: removed meanwhile
    }
    return images;
  }

  @Override
  public String registryDigest(ImageReference reference) {
    var request =
        DockerHttpClient.Request.builder()
            .method(DockerHttpClient.Request.Method.GET)
            .path("/distribution/" + path(reference.toString()) + "/json");
    credentials
        .header(reference.toString())
        .ifPresent(it -> request.putHeader("X-Registry-Auth", it));
    return api.get(request.build()).path("Descriptor").path("digest").asText();
  }

  /// References stand in the path as they are: their slashes are part of the route.
  static String path(String reference) {
    return DockerApi.encode(reference).replace("%2F", "/").replace("%3A", ":").replace("%40", "@");
  }

  private static ImageDetails details(JsonNode json) {
    JsonNode config = json.path("Config");
    JsonNode test = config.path("Healthcheck").path("Test");
    return new ImageDetails(
        new ImageId(json.path("Id").asText()),
        Json.list(json.path("RepoTags")),
        Json.list(json.path("RepoDigests")),
        Json.strings(config.path("Labels")),
        Json.names(config.path("Volumes")),
        Json.names(config.path("ExposedPorts")),
        !test.isEmpty() && !test.path(0).asText().equals("NONE"),
        json.path("Size").asLong());
  }

  @Override
  public void pull(ImageReference reference, Optional<String> platform, TransferListener listener) {
    var command = api.client().pullImageCmd(reference.familiarName());
    command.withTag(reference.digest().or(reference::tag).orElse("latest"));
    platform.ifPresent(command::withPlatform);
    credentials.forImage(reference.toString()).ifPresent(command::withAuthConfig);
    command
        .exec(new TransferCallback<PullResponseItem>(listener))
        .await("pulling " + reference.familiar());
  }

  @Override
  public void push(ImageReference reference, TransferListener listener) {
    var command = api.client().pushImageCmd(reference.familiarName());
    command.withTag(reference.tag().orElse("latest"));
    credentials.forImage(reference.toString()).ifPresent(command::withAuthConfig);
    command
        .exec(new TransferCallback<PushResponseItem>(listener))
        .await("pushing " + reference.familiar());
  }

  @Override
  public ImageId build(BuildSpec spec, TransferListener listener) {
    return build.run(spec, listener);
  }

  @Override
  public void tag(ImageId image, ImageReference reference) {
    api.client()
        .tagImageCmd(image.value(), reference.familiarName(), reference.tag().orElse("latest"))
        .exec();
  }

  @Override
  public void remove(String reference, boolean force) {
    api.delete("/images/" + path(reference) + "?force=" + force);
  }

  @Override
  public InputStream save(List<String> references) {
    String names =
        references.stream()
            .map(it -> "names=" + DockerApi.encode(it))
            .collect(Collectors.joining("&"));
    return api.send("GET", "/images/get?" + names, null).body();
  }

  @Override
  public void load(InputStream archive, TransferListener listener) {
    TransferItems.read(upload("/images/load?quiet=false", archive), listener);
  }

  @Override
  public ImageId importRoot(ImportSpec spec, InputStream tar, TransferListener listener) {
    var path = new StringBuilder("/images/create?fromSrc=");
    path.append(DockerApi.encode(spec.url().orElse("-")));
    spec.name()
        .ifPresent(
            it ->
                path.append("&repo=")
                    .append(DockerApi.encode(it.familiarName()))
                    .append("&tag=")
                    .append(DockerApi.encode(it.tag().orElse("latest"))));
    spec.message().ifPresent(it -> path.append("&message=").append(DockerApi.encode(it)));
    spec.changes().forEach(it -> path.append("&changes=").append(DockerApi.encode(it)));
    spec.platform().ifPresent(it -> path.append("&platform=").append(DockerApi.encode(it)));
    HttpResponse response =
        spec.url().isPresent()
            ? api.send("POST", path.toString(), null)
            : upload(path.toString(), tar);
    return new ImageId(TransferItems.read(response, listener));
  }

  private HttpResponse upload(String path, InputStream tar) {
    return api.execute(
        DockerHttpClient.Request.builder()
            .method(DockerHttpClient.Request.Method.POST)
            .path(path)
            .putHeader("Content-Type", "application/x-tar")
            .body(tar)
            .build());
  }
}
