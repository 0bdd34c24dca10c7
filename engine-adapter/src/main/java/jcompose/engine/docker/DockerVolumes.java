package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.Volumes;
import jcompose.core.resource.VolumeDetails;
import jcompose.core.resource.VolumeSpec;

/// The `/volumes` calls.
final class DockerVolumes implements Volumes {
  private final DockerApi api;

  DockerVolumes(DockerApi api) {
    this.api = api;
  }

  @Override
  public List<VolumeDetails> list(List<String> labels) {
    List<VolumeDetails> volumes = new ArrayList<>();
    for (JsonNode each : api.get("/volumes?" + DockerApi.labelFilter(labels)).path("Volumes")) {
      volumes.add(
          new VolumeDetails(
              each.path("Name").asText(),
              each.path("Driver").asText(),
              each.path("Mountpoint").asText(),
              Json.strings(each.path("Labels"))));
    }
    return volumes;
  }

  @Override
  public String create(VolumeSpec spec) {
    ObjectNode body = Json.object();
    body.put("Name", spec.name());
    body.put("Driver", spec.driver().isEmpty() ? "local" : spec.driver());
    body.set("DriverOpts", Json.object(spec.driverOptions()));
    body.set("Labels", Json.object(spec.labels()));
    JsonNode there = api.post("/volumes/create", body);
    // a daemon hands out an existing volume whatever it was made with
    Map<String, String> options = Json.strings(there.path("Options"));
    if (!options.equals(spec.driverOptions())) {
      throw new EngineException.Conflict(
          "volume "
              + spec.name()
              + " already exists with other driver options: "
              + options
              + " instead of "
              + spec.driverOptions());
    }
    return there.path("Name").asText();
  }

  @Override
  public void remove(String name, boolean force) {
    api.delete("/volumes/" + DockerApi.encode(name) + (force ? "?force=true" : ""));
  }
}
