package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jcompose.core.engine.Cleaning;
import jcompose.core.resource.ImageRemoval;
import jcompose.core.resource.ObjectKind;
import jcompose.core.resource.PruneReport;

/// The `prune` calls, and the removal of images.
final class DockerCleaning implements Cleaning {
  private final DockerApi api;

  DockerCleaning(DockerApi api) {
    this.api = api;
  }

  @Override
  public PruneReport prune(ObjectKind kind, Map<String, List<String>> filters) {
    String resource = kind.word() + "s";
    JsonNode answer = api.post("/" + resource + "/prune?" + DockerApi.filters(filters), null);
    return switch (kind) {
      case CONTAINER -> report(answer, "ContainersDeleted");
      case NETWORK -> report(answer, "NetworksDeleted");
      case VOLUME -> report(answer, "VolumesDeleted");
      case IMAGE ->
          new PruneReport(
              removals(answer.path("ImagesDeleted")).stream()
                  .map(it -> (it.deleted() ? "deleted: " : "untagged: ") + it.what())
                  .toList(),
              answer.path("SpaceReclaimed").asLong());
    };
  }

  @Override
  public PruneReport pruneBuildCache(boolean all, Map<String, List<String>> filters) {
    return report(
        api.post("/build/prune?all=" + all + "&" + DockerApi.filters(filters), null),
        "CachesDeleted");
  }

  private static PruneReport report(JsonNode answer, String field) {
    return new PruneReport(Json.list(answer.path(field)), answer.path("SpaceReclaimed").asLong());
  }

  @Override
  public List<ImageRemoval> removeImage(String reference, boolean force, boolean parts) {
    String path =
        "/images/" + DockerImages.path(reference) + "?force=" + force + "&noprune=" + !parts;
    return removals(DockerApi.read(path, api.send("DELETE", path, null)));
  }

  private static List<ImageRemoval> removals(JsonNode list) {
    List<ImageRemoval> removals = new ArrayList<>();
    for (JsonNode each : list) {
      removals.add(
          each.has("Deleted")
              ? new ImageRemoval(true, each.path("Deleted").asText())
              : new ImageRemoval(false, each.path("Untagged").asText()));
    }
    return removals;
  }
}
