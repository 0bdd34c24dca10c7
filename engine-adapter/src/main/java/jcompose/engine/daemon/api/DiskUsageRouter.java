package jcompose.engine.daemon.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jcompose.engine.image.StoredImage;
import jcompose.engine.local.LocalContainers.View;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.oci.DiffId;
import jcompose.engine.snapshot.Layer;
import jcompose.engine.volume.VolumeRecord;

/// `/system/df`: what takes how much room.
final class DiskUsageRouter {
  private static final Set<String> TYPES =
      new TreeSet<>(Set.of("container", "image", "volume", "build-cache"));

  private final LocalEngine engine;

  DiskUsageRouter(LocalEngine engine) {
    this.engine = engine;
  }

  void register(Routes routes) {
    routes.add("GET", "/system/df", this::usage).add("POST", "/build/prune", this::pruneBuild);
  }

  private void usage(ApiCall call) throws IOException {
    List<String> asked = call.parameters("type");
    for (String type : asked) {
      if (!TYPES.contains(type)) {
        throw new jcompose.core.engine.EngineException.Invalid("unknown object type: " + type);
      }
    }
    Set<String> types = asked.isEmpty() ? TYPES : Set.copyOf(asked);
    Map<String, Object> json = new LinkedHashMap<>();
    if (types.contains("image")) {
      json.put(
          "LayersSize",
          engine.images().snapshots().layers().stream().mapToLong(Layer::sizeBytes).sum());
      json.put("Images", images());
    }
    if (types.contains("container")) {
      json.put("Containers", containers());
    }
    if (types.contains("volume")) {
      json.put("Volumes", volumes());
    }
    if (types.contains("build-cache")) {
      json.put("BuildCache", List.of());
    }
    call.json(200, json);
  }

  private List<Map<String, Object>> images() {
    List<StoredImage> all = engine.images().store().list();
    Map<DiffId, Integer> users = new LinkedHashMap<>();
    all.forEach(it -> Set.copyOf(it.layers()).forEach(one -> users.merge(one, 1, Integer::sum)));
    var found = new ArrayList<Map<String, Object>>();
    for (StoredImage image : all) {
      if (image.tags().isEmpty()
          && all.stream().anyMatch(it -> it.parent().filter(image.id()::equals).isPresent())) {
        continue;
      }
      Map<String, Object> json = ImagesRouter.listed(image);
      json.put("Containers", engine.images().uses(image.id()).size());
      json.put(
          "SharedSize",
          Set.copyOf(image.layers()).stream()
              .filter(it -> users.getOrDefault(it, 0) > 1)
              .mapToLong(this::size)
              .sum());
      found.add(json);
    }
    return found;
  }

  private long size(DiffId layer) {
    return engine.images().snapshots().layer(layer).map(Layer::sizeBytes).orElse(0L);
  }

  private List<Map<String, Object>> containers() {
    var found = new ArrayList<Map<String, Object>>();
    for (View view : engine.containers().views()) {
      Map<String, Object> json = ContainerJson.listed(view);
      ContainerJson.putSizes(json, view, engine);
      found.add(json);
    }
    return found;
  }

  private List<Map<String, Object>> volumes() {
    var found = new ArrayList<Map<String, Object>>();
    for (VolumeRecord volume : engine.volumes().records()) {
      Map<String, Object> json = new LinkedHashMap<>(VolumesRouter.json(volume));
      Map<String, Object> usage = new LinkedHashMap<>();
      usage.put("RefCount", engine.volumes().users(volume.name()).size());
      usage.put("Size", engine.volumes().size(volume.name()));
      json.put("UsageData", usage);
      found.add(json);
    }
    return found;
  }

  /// The builder's cache is made of images: those go with them.
  private void pruneBuild(ApiCall call) throws IOException {
    call.filters();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("CachesDeleted", null);
    json.put("SpaceReclaimed", 0);
    call.json(200, json);
  }
}
