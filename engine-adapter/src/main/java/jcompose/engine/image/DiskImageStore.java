package jcompose.engine.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.engine.content.BlobStore;
import jcompose.engine.content.DataRoot;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.Digest;
import jcompose.engine.oci.ImageConfig;
import jcompose.engine.oci.ImageConfigJson;
import jcompose.engine.oci.Manifest;
import jcompose.engine.oci.OciJson;
import jcompose.engine.snapshot.Layer;
import jcompose.engine.snapshot.Snapshotter;

/// Images on disk. Readers see one state of all images and names; writers take turns, write to disk
/// first and then show the new state.
public final class DiskImageStore implements ImageStore {
  private final BlobStore blobs;
  private final Snapshotter snapshots;
  private final ImageFiles files;
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<DiffId, Integer> held = new HashMap<>(); // guarded by `writing`
  private volatile ImageIndexState state;

  public DiskImageStore(DataRoot root, BlobStore blobs, Snapshotter snapshots) {
    this.blobs = blobs;
    this.snapshots = snapshots;
    this.files = new ImageFiles(root, blobs);
    try {
      this.state = files.load();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the images in " + root.path(), e);
    }
  }

  @Override
  public Optional<StoredImage> find(String referenceOrId) {
    ImageIndexState now = state;
    return ImageLookup.find(now, referenceOrId).map(it -> stored(now, it));
  }

  @Override
  public Optional<StoredImage> find(ImageId id) {
    ImageIndexState now = state;
    return Optional.ofNullable(now.images().get(id)).map(it -> stored(now, it));
  }

  @Override
  public List<StoredImage> list() {
    ImageIndexState now = state;
    return now.images().values().stream()
        .map(it -> stored(now, it))
        .sorted(
            Comparator.comparing(StoredImage::created)
                .reversed()
                .thenComparing(it -> it.id().value()))
        .toList();
  }

  @Override
  public StoredImage create(
      ImageConfig config, List<ImageReference> tags, Optional<ImageId> parent) {
    return writing(
        () -> {
          Digest id = blobs.put(ImageConfigJson.write(config));
          return add(id, config, Optional.empty(), parent, tags);
        });
  }

  /// Adds an image that came with a manifest.
  ///
  /// @param config digest of the configuration; it and the manifest are in the blob store
  /// @param names with a tag, or with a digest
  StoredImage add(Digest config, Descriptor manifest, List<ImageReference> names) {
    return writing(
        () ->
            add(
                config,
                ImageConfigJson.read(blobs.read(config)),
                Optional.of(manifest.digest()),
                Optional.empty(),
                names));
  }

  private StoredImage add(
      Digest id,
      ImageConfig config,
      Optional<Digest> manifest,
      Optional<ImageId> parent,
      List<ImageReference> names)
      throws IOException {
    for (DiffId layer : config.diffIds()) {
      if (snapshots.layer(layer).isEmpty()) {
        throw new EngineException.NotFound("layer does not exist: " + layer);
      }
    }
    var image = new ImageId(id.toString());
    ImageIndexState next = state;
    ImageRecord known = next.images().get(image);
    var record =
        known == null
            ? new ImageRecord(image, config, manifest, parent, Optional.empty())
            : manifest.map(known::withManifest).orElse(known);
    if (!names.isEmpty()) {
      record = record.withLastTagged(Instant.now());
    }
    if (!record.equals(known)) {
      files.write(record);
      next = next.with(record);
    }
    ImageIndexState named = next;
    for (ImageReference name : names) {
      named = named.named(key(name), image);
    }
    if (!named.names().equals(state.names())) {
      files.writeNames(named.names());
    }
    state = named;
    return stored(named, record);
  }

  /// The digest of the manifest that an image came with.
  Optional<Digest> manifestDigest(ImageId image) {
    return Optional.ofNullable(state.images().get(image)).flatMap(ImageRecord::manifest);
  }

  @Override
  public void tag(ImageId image, ImageReference reference) {
    if (reference.digest().isPresent() || reference.tag().isEmpty()) {
      throw new EngineException.Invalid("refusing to create a tag with a digest reference");
    }
    writing(
        () -> {
          ImageRecord record = state.images().get(image);
          if (record == null) {
            throw new EngineException.NotFound("No such image: " + image);
          }
          ImageRecord tagged = record.withLastTagged(Instant.now());
          files.write(tagged);
          ImageIndexState next = state.with(tagged).named(key(reference), image);
          files.writeNames(next.names());
          state = next;
          return image;
        });
  }

  @Override
  public List<Removal> remove(
      String referenceOrId, boolean force, boolean prune, ImageUse.Lookup uses) {
    return writing(
        () -> {
          ImageRemoval removal = new ImageRemoval(state, force, prune, uses).remove(referenceOrId);
          apply(removal);
          return removal.done();
        });
  }

  private void apply(ImageRemoval removal) throws IOException {
    ImageIndexState before = state;
    ImageIndexState after = removal.state();
    if (!after.names().equals(before.names())) {
      files.writeNames(after.names());
    }
    var gone = new ArrayList<ImageRecord>();
    for (ImageRecord record : before.images().values()) {
      if (!after.images().containsKey(record.id())) {
        files.remove(record.id()); // the record first, what it stands for after
        gone.add(record);
      }
    }
    state = after;
    removeUnused(gone);
  }

  private void removeUnused(List<ImageRecord> gone) throws IOException {
    Set<DiffId> layers = new HashSet<>(held.keySet());
    Set<Digest> needed = new HashSet<>();
    for (ImageRecord record : state.images().values()) {
      layers.addAll(record.config().diffIds());
      needed.addAll(blobsOf(record));
    }
    for (ImageRecord record : gone) {
      for (DiffId layer : record.config().diffIds().reversed()) {
        if (!layers.contains(layer)) {
          snapshots.removeLayer(layer);
        }
      }
      for (Digest blob : blobsOf(record)) {
        if (!needed.contains(blob)) {
          blobs.remove(blob);
        }
      }
    }
  }

  private Set<Digest> blobsOf(ImageRecord record) throws IOException {
    var digests = new HashSet<Digest>();
    digests.add(Digest.parse(record.id().value()));
    if (record.manifest().isPresent() && blobs.contains(record.manifest().get())) {
      digests.add(record.manifest().get());
      OciJson.readManifest(blobs.read(record.manifest().get()))
          .layers()
          .forEach(it -> digests.add(it.digest()));
    }
    return digests;
  }

  @Override
  public Hold hold(List<DiffId> layers) {
    writing(
        () -> {
          layers.forEach(it -> held.merge(it, 1, Integer::sum));
          return layers;
        });
    return () ->
        writing(
            () -> {
              layers.forEach(
                  it -> held.computeIfPresent(it, (_, count) -> count == 1 ? null : count - 1));
              return layers;
            });
  }

  private StoredImage stored(ImageIndexState now, ImageRecord record) {
    var tags = new ArrayList<String>();
    var digests = new ArrayList<String>();
    for (ImageReference name : now.namesOf(record.id())) {
      (name.digest().isPresent() ? digests : tags).add(name.familiar());
    }
    return new StoredImage(
        record.id(),
        record.config(),
        record.manifest().flatMap(this::manifest),
        tags.stream().sorted().toList(),
        digests.stream().sorted().toList(),
        record.parent(),
        record.config().diffIds().stream()
            .mapToLong(it -> snapshots.layer(it).map(Layer::sizeBytes).orElse(0L))
            .sum(),
        record.lastTagged());
  }

  private Optional<Manifest> manifest(Digest digest) {
    try {
      return blobs.contains(digest)
          ? Optional.of(OciJson.readManifest(blobs.read(digest)))
          : Optional.empty();
    } catch (IOException e) {
      throw new EngineException.Failed("cannot read manifest " + digest, e);
    }
  }

  /// A name as it is kept: with the digest alone where it has one.
  static String key(ImageReference name) {
    return name.digest().isPresent()
        ? name.domain() + "/" + name.path() + "@" + name.digest().get()
        : name.toString();
  }

  private <T> T writing(Writer<T> writer) {
    writing.lock();
    try {
      return writer.write();
    } catch (IOException e) {
      throw new EngineException.Failed("cannot change the images: " + e.getMessage(), e);
    } finally {
      writing.unlock();
    }
  }

  private interface Writer<T> {
    T write() throws IOException;
  }
}
