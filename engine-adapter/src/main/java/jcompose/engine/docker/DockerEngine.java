package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import jcompose.core.engine.Cleaning;
import jcompose.core.engine.ContainerFiles;
import jcompose.core.engine.Containers;
import jcompose.core.engine.Documents;
import jcompose.core.engine.Engine;
import jcompose.core.engine.Events;
import jcompose.core.engine.Images;
import jcompose.core.engine.Networks;
import jcompose.core.engine.Volumes;
import jcompose.core.resource.EngineInfo;

/// A Docker daemon, or whatever else serves its API. Nothing is sent before the first call.
public final class DockerEngine implements Engine {
  private final DockerAddress address;
  private final DockerApi api;
  private final DockerContainers containers;
  private final DockerFiles files;
  private final DockerImages images;
  private final DockerNetworks networks;
  private final DockerVolumes volumes;
  private final DockerEvents events;

  DockerEngine(DockerAddress address, Map<String, String> environment) {
    this.address = address;
    var credentials = new RegistryCredentials(environment);
    this.api =
        new DockerApi(
            address,
            new ClientConfig(address.text(), credentials),
            environment.getOrDefault("DOCKER_API_VERSION", ""));
    this.files = new DockerFiles(api);
    this.containers = new DockerContainers(api, files);
    this.images = new DockerImages(api, credentials);
    this.networks = new DockerNetworks(api);
    this.volumes = new DockerVolumes(api);
    this.events = new DockerEvents(api);
  }

  @Override
  public EngineInfo info() {
    JsonNode version = api.get("/version");
    return new EngineInfo(
        DockerApi.isOurs(version) ? "jcompose" : "docker",
        version.path("Version").asText(),
        version.path("ApiVersion").asText(),
        version.path("Os").asText(),
        version.path("Arch").asText(),
        address.text(),
        address.local());
  }

  @Override
  public Containers containers() {
    return containers;
  }

  @Override
  public ContainerFiles files() {
    return files;
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public Networks networks() {
    return networks;
  }

  @Override
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public Events events() {
    return events;
  }

  @Override
  public Documents documents() {
    return new DockerDocuments(api);
  }

  @Override
  public Cleaning cleaning() {
    return new DockerCleaning(api);
  }

  @Override
  public void close() {
    events.close();
    api.close();
  }
}
