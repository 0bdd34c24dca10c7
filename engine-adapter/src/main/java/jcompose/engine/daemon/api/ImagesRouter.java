package jcompose.engine.daemon.api;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageReference;
import jcompose.engine.build.ConfigChanges;
import jcompose.engine.image.Removal;
import jcompose.engine.image.StoredImage;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.local.LocalImages;
import jcompose.engine.oci.ImageConfig;
import jcompose.engine.oci.Platform;

/// `/images/…`.
final class ImagesRouter {
  private final LocalImages images;

  ImagesRouter(LocalEngine engine) {
    this.images = engine.images();
  }

  void register(Routes routes) {
    routes
        .add("GET", "/images/json", this::list)
        .add("POST", "/images/create", this::pull)
        .add("POST", "/images/prune", this::prune)
        .add("GET", "/images/{name...}/json", this::inspect)
        .add("GET", "/images/{name...}/history", this::history)
        .add("POST", "/images/{name...}/tag", this::tag)
        .add("POST", "/images/{name...}/push", this::push)
        .add("DELETE", "/images/{name...}", this::remove);
  }

  private void list(ApiCall call) throws IOException {
    Filters filters =
        call.filters().allow(Set.of("before", "since", "dangling", "label", "reference", "until"));
    boolean all = call.flag("all");
    Optional<Boolean> dangling = filters.bool("dangling");
    Optional<Instant> before = createdOf(filters, "before");
    Optional<Instant> since = createdOf(filters, "since");
    Optional<Instant> until = filters.values("until").stream().findFirst().map(Times::parse);
    var parents = images.store().list().stream().flatMap(it -> it.parent().stream()).toList();
    var found = new ArrayList<Map<String, Object>>();
    for (StoredImage image : images.store().list()) {
      boolean untagged = image.tags().isEmpty() && image.digests().isEmpty();
      boolean intermediate = untagged && parents.contains(image.id());
      if ((intermediate && !all)
          || dangling.filter(it -> it != (image.tags().isEmpty() && !intermediate)).isPresent()
          || !filters.labels(image.config().config().labels())
          || before.filter(it -> !image.created().isBefore(it)).isPresent()
          || since.filter(it -> !image.created().isAfter(it)).isPresent()
          || until.filter(it -> !image.created().isBefore(it)).isPresent()
          || !filters.any("reference", it -> ReferencePattern.fits(it, image))) {
        continue;
      }
      Map<String, Object> json = listed(image);
      json.put("RepoTags", fitting(filters, image.tags()));
      json.put("RepoDigests", fitting(filters, image.digests()));
      found.add(json);
    }
    call.json(200, found);
  }

  /// Of an image that is listed for one of its names, the others are not told.
  private static List<String> fitting(Filters filters, List<String> references) {
    return references.stream()
        .filter(each -> filters.any("reference", it -> ReferencePattern.fits(it, each)))
        .toList();
  }

  private Optional<Instant> createdOf(Filters filters, String name) {
    return filters.values(name).stream().findFirst().map(it -> images.store().get(it).created());
  }

  static Map<String, Object> listed(StoredImage image) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Containers", -1);
    json.put("Created", image.created().getEpochSecond());
    json.put("Id", image.id().value());
    var labels = image.config().config().labels();
    json.put("Labels", labels.isEmpty() ? null : labels);
    json.put("ParentId", image.parent().map(it -> it.value()).orElse(""));
    json.put("RepoDigests", image.digests());
    json.put("RepoTags", image.tags());
    json.put("SharedSize", -1);
    json.put("Size", image.sizeBytes());
    return json;
  }

  private void inspect(ApiCall call) throws IOException {
    StoredImage image = images.store().get(call.place("name"));
    var config = image.config();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Id", image.id().value());
    json.put("RepoTags", image.tags());
    json.put("RepoDigests", image.digests());
    json.put("Parent", image.parent().map(it -> it.value()).orElse(""));
    json.put(
        "Comment",
        config.history().isEmpty() ? "" : config.history().getLast().comment().orElse(""));
    json.put("Created", Json.time(image.created()));
    json.put("DockerVersion", "");
    json.put("Author", config.author().orElse(""));
    json.put("Config", ConfigJson.of(config.config()));
    json.put("Architecture", config.platform().architecture());
    config.platform().variant().ifPresent(it -> json.put("Variant", it));
    json.put("Os", config.platform().os());
    json.put("Size", image.sizeBytes());
    json.put("GraphDriver", Map.of("Data", Map.of(), "Name", "overlay2"));
    Map<String, Object> rootfs = new LinkedHashMap<>();
    rootfs.put("Type", "layers");
    if (!image.layers().isEmpty()) {
      rootfs.put("Layers", image.layers().stream().map(Object::toString).toList());
    }
    json.put("RootFS", rootfs);
    json.put(
        "Metadata", Map.of("LastTagTime", Json.time(image.lastTagged().orElse(Instant.EPOCH))));
    call.json(200, json);
  }

  private void history(ApiCall call) throws IOException {
    StoredImage image = images.store().get(call.place("name"));
    var layers = new ArrayList<>(image.layers());
    var steps = new ArrayList<Map<String, Object>>();
    for (var entry : image.config().history()) {
      long size =
          entry.emptyLayer() || layers.isEmpty()
              ? 0
              : images.snapshots().layer(layers.removeFirst()).map(it -> it.sizeBytes()).orElse(0L);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("Comment", entry.comment().orElse(""));
      json.put("Created", entry.created().map(Instant::getEpochSecond).orElse(0L));
      json.put("CreatedBy", entry.createdBy());
      json.put("Id", "<missing>");
      json.put("Size", size);
      json.put("Tags", null);
      steps.addFirst(json);
    }
    if (!steps.isEmpty()) {
      steps.getFirst().put("Id", image.id().value());
      steps.getFirst().put("Tags", image.tags().isEmpty() ? null : image.tags());
    }
    call.json(200, steps);
  }

  static ImageReference reference(String text) {
    try {
      return ImageReference.parse(text);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
  }

  private void tag(ApiCall call) throws IOException {
    StoredImage image = images.store().get(call.place("name"));
    String repository = call.parameter("repo").orElse("");
    ImageReference reference =
        reference(repository + call.parameter("tag").map(it -> ":" + it).orElse(""));
    if (reference.digest().isPresent()) {
      throw new EngineException.Invalid("refusing to create a tag with a digest reference");
    }
    images.tag(image.id(), reference);
    call.empty(201);
  }

  private void pull(ApiCall call) throws IOException {
    if (call.parameter("fromSrc").isPresent()) {
      importRoot(call);
      return;
    }
    String name =
        call.parameter("fromImage")
            .orElseThrow(() -> new EngineException.Invalid("fromImage is missing"));
    ImageReference reference = reference(withTag(name, call.parameter("tag").orElse("")));
    var progress = new ProgressStream(call);
    call.exchange().whenClientLeaves(Thread.currentThread()::interrupt);
    try {
      images.pull(reference, call.parameter("platform"), RegistryAuth.of(call), progress);
    } catch (EngineException e) {
      if (!progress.isOpen()) {
        throw e;
      }
      progress.error(String.valueOf(e.getMessage()), 0);
    }
    progress.close();
  }

  private void importRoot(ApiCall call) throws IOException {
    if (call.parameter("fromSrc").filter(it -> it.equals("-")).isEmpty()) {
      throw new EngineException.Unsupported(
          "importing from a URL is not supported: download it and send the archive itself");
    }
    Optional<ImageReference> name =
        call.parameter("repo")
            .filter(it -> !it.isEmpty())
            .map(it -> reference(withTag(it, call.parameter("tag").orElse(""))));
    Platform platform;
    try {
      platform =
          call.parameter("platform")
              .filter(it -> !it.isEmpty())
              .map(Platform::parse)
              .orElseGet(Platform::host);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
    ImageConfig bare =
        ConfigChanges.apply(ImageConfig.scratch(platform), ImageArchivesRouter.changes(call));
    Optional<String> message = call.parameter("message").filter(it -> !it.isEmpty());
    StoredImage made;
    try {
      made = images.importRoot(call.rawBody(), bare, message, name);
    } catch (IOException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    }
    var progress = new ProgressStream(call);
    progress.status(made.id().value());
    progress.close();
  }

  /// A tag parameter may also be a digest; one in the name counts when the parameter is empty.
  static String withTag(String name, String tag) {
    if (tag.isEmpty()) {
      return name;
    }
    return name + (tag.contains(":") ? "@" : ":") + tag;
  }

  private void push(ApiCall call) throws IOException {
    ImageReference reference =
        reference(withTag(call.place("name"), call.parameter("tag").orElse("")));
    var progress = new ProgressStream(call);
    try {
      images.push(reference, RegistryAuth.of(call), progress);
    } catch (EngineException e) {
      if (!progress.isOpen()) {
        throw e;
      }
      progress.error(String.valueOf(e.getMessage()), 0);
    }
    progress.close();
  }

  private void remove(ApiCall call) throws IOException {
    List<Removal> removed =
        images.remove(call.place("name"), call.flag("force"), !call.flag("noprune"));
    call.json(200, removed.stream().map(ImagesRouter::json).toList());
  }

  private static Map<String, Object> json(Removal removal) {
    return switch (removal) {
      case Removal.Untagged(var reference) -> Map.of("Untagged", reference);
      case Removal.Deleted(var id) -> Map.of("Deleted", id.value());
    };
  }

  private void prune(ApiCall call) throws IOException {
    Filters filters = call.filters().allow(Set.of("dangling", "label", "label!", "until"));
    boolean untaggedOnly = filters.bool("dangling").orElse(true);
    Optional<Instant> until = filters.values("until").stream().findFirst().map(Times::parse);
    var removed = new ArrayList<Map<String, Object>>();
    long reclaimed = 0;
    for (StoredImage image : images.store().list()) {
      if ((untaggedOnly && !image.tags().isEmpty())
          || !filters.labels(image.config().config().labels())
          || until.filter(it -> image.created().isAfter(it)).isPresent()
          || !images.uses(image.id()).isEmpty()) {
        continue;
      }
      List<Removal> gone = removeUnlessNeeded(image, !untaggedOnly);
      if (!gone.isEmpty()) {
        gone.forEach(it -> removed.add(json(it)));
        reclaimed += image.sizeBytes();
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ImagesDeleted", removed.isEmpty() ? null : removed);
    answer.put("SpaceReclaimed", reclaimed);
    call.json(200, answer);
  }

  /// @return empty when other images are built on it, or when it went with another
  private List<Removal> removeUnlessNeeded(StoredImage image, boolean force) {
    try {
      return images.remove(image.id().value(), force, true);
    } catch (EngineException.Conflict | EngineException.NotFound needed) {
      return List.of();
    }
  }
}
