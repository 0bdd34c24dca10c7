package jcompose.engine.daemon.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.resource.VolumeSpec;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.local.LocalVolumes;
import jcompose.engine.volume.VolumeRecord;
import org.jspecify.annotations.Nullable;

/// `/volumes/…`.
final class VolumesRouter {
  private final LocalVolumes volumes;

  VolumesRouter(LocalEngine engine) {
    this.volumes = engine.volumes();
  }

  void register(Routes routes) {
    routes
        .add("GET", "/volumes", this::list)
        .add("GET", "/volumes/{name}", this::inspect)
        .add("POST", "/volumes/create", this::create)
        .add("POST", "/volumes/prune", this::prune)
        .add("DELETE", "/volumes/{name}", this::remove);
  }

  record Create(
      @Nullable String name,
      @Nullable String driver,
      @Nullable Map<String, String> driverOpts,
      @Nullable Map<String, String> labels) {}

  private void list(ApiCall call) throws IOException {
    Filters filters = call.filters().allow(Set.of("dangling", "driver", "label", "name"));
    Optional<Boolean> dangling = filters.bool("dangling");
    List<Map<String, Object>> found =
        volumes.records().stream()
            .filter(it -> filters.labels(it.labels()))
            .filter(it -> filters.any("name", name -> it.name().contains(name)))
            .filter(it -> filters.any("driver", it.driver()::equals))
            .filter(
                it -> dangling.isEmpty() || dangling.get() == volumes.users(it.name()).isEmpty())
            .map(VolumesRouter::json)
            .toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Volumes", found);
    answer.put("Warnings", null);
    call.json(200, answer);
  }

  static Map<String, Object> json(VolumeRecord volume) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "CreatedAt",
        Json.time(volume.created().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
    json.put("Driver", volume.driver());
    json.put("Labels", volume.labels().isEmpty() ? null : volume.labels());
    json.put("Mountpoint", volume.mountpoint().toString());
    json.put("Name", volume.name());
    json.put("Options", volume.options().isEmpty() ? null : volume.options());
    json.put("Scope", "local");
    return json;
  }

  private void inspect(ApiCall call) throws IOException {
    call.json(200, json(volumes.get(call.place("name"))));
  }

  private void create(ApiCall call) throws IOException {
    Create body = call.body(Create.class);
    var spec =
        new VolumeSpec(
            Given.text(body.name()).orElse(""),
            Given.text(body.driver()).orElse("local"),
            Given.map(body.driverOpts()),
            Given.map(body.labels()));
    call.json(201, json(volumes.createRecord(spec)));
  }

  private void remove(ApiCall call) throws IOException {
    volumes.remove(call.place("name"), call.flag("force"));
    call.empty(204);
  }

  /// Anonymous ones only, unless `all` says otherwise (API 1.42 and later).
  private void prune(ApiCall call) throws IOException {
    Filters filters = call.filters().allow(Set.of("all", "label", "label!"));
    boolean all = !call.version().atLeast(42) || filters.bool("all").orElse(false);
    var removed = new ArrayList<String>();
    long reclaimed = 0;
    for (VolumeRecord volume : volumes.records()) {
      if ((all || volume.anonymous())
          && filters.labels(volume.labels())
          && volumes.users(volume.name()).isEmpty()) {
        reclaimed += volumes.size(volume.name());
        volumes.remove(volume.name(), false);
        removed.add(volume.name());
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("VolumesDeleted", removed.isEmpty() ? null : removed);
    answer.put("SpaceReclaimed", reclaimed);
    call.json(200, answer);
  }
}
