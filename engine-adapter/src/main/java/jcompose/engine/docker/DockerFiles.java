package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import jcompose.core.engine.ContainerFiles;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.FileInfo;

/// The `/archive` and `/export` calls.
final class DockerFiles implements ContainerFiles {
  private static final long FOLDER = 1L << 31; // Go's bits for the type of a file
  private static final long LINK = 1L << 27;

  private final DockerApi api;

  DockerFiles(DockerApi api) {
    this.api = api;
  }

  @Override
  public Optional<FileInfo> find(ContainerId id, String path) {
    String text;
    try (HttpResponse response = api.send("HEAD", archive(id, path), null)) {
      text = response.getHeader("x-docker-container-path-stat");
    } catch (EngineException.NotFound e) {
      return Optional.empty();
    }
    if (text == null) {
      throw new EngineException.Failed("the daemon does not tell what " + path + " is");
    }
    try {
      JsonNode json = Json.MAPPER.readTree(Base64.getDecoder().decode(text));
      long mode = json.path("mode").asLong();
      String target = json.path("linkTarget").asText();
      return Optional.of(
          new FileInfo(
              json.path("name").asText(),
              (mode & FOLDER) != 0,
              (mode & LINK) != 0 ? Optional.of(target) : Optional.empty()));
    } catch (IOException | IllegalArgumentException e) {
      throw new EngineException.Failed("the daemon's answer about " + path + " is no JSON", e);
    }
  }

  @Override
  public InputStream read(ContainerId id, String path) {
    return api.send("GET", archive(id, path), null).body();
  }

  @Override
  public void write(ContainerId id, String folder, InputStream tar, boolean asUser) {
    api.execute(
            Request.builder()
                .method("PUT")
                .path(
                    archive(id, folder)
                        + "&noOverwriteDirNonDir=true"
                        + (asUser ? "&copyUIDGID=true" : ""))
                .putHeader("Content-Type", "application/x-tar")
                .body(tar)
                .build())
        .close();
  }

  @Override
  public InputStream export(ContainerId id) {
    return api.send("GET", "/containers/" + id + "/export", null).body();
  }

  private static String archive(ContainerId id, String path) {
    return "/containers/" + id + "/archive?path=" + DockerApi.encode(path);
  }
}
