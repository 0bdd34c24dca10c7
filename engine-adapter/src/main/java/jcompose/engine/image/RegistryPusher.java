package jcompose.engine.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageReference;
import jcompose.engine.content.BlobStore;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.Digest;
import jcompose.engine.oci.Manifest;
import jcompose.engine.oci.MediaTypes;
import jcompose.engine.oci.OciJson;
import jcompose.engine.registry.Credentials;
import jcompose.engine.registry.Registries;
import jcompose.engine.registry.RegistryClient;
import jcompose.engine.snapshot.Snapshotter;

/// Pushes images over the distribution protocol.
public final class RegistryPusher implements ImagePusher {
  /// As many as dockerd uploads at once.
  private static final int UPLOADS = 5;

  private static final int MOUNTS_TRIED = 3;

  private final Semaphore uploads = new Semaphore(UPLOADS);
  private final Registries registries;
  private final BlobStore blobs;
  private final DiskImageStore images;
  private final LayerBlobs layerBlobs;

  public RegistryPusher(
      Registries registries, BlobStore blobs, Snapshotter snapshots, DiskImageStore images) {
    this.registries = registries;
    this.blobs = blobs;
    this.images = images;
    this.layerBlobs = new LayerBlobs(blobs, snapshots, images);
  }

  @Override
  public Descriptor push(
      ImageReference reference, Optional<Credentials> credentials, TransferListener listener) {
    StoredImage image =
        images
            .find(reference.toString())
            .orElseThrow(
                () ->
                    new EngineException.NotFound(
                        "An image does not exist locally with the tag: "
                            + reference.familiarName()));
    var progress = new TransferProgress(listener);
    try (var _ = images.hold(image.layers())) {
      return push(reference, image, registries.open(reference, credentials), progress);
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot push " + reference.familiar() + ": " + e.getMessage(), e);
    }
  }

  private Descriptor push(
      ImageReference reference,
      StoredImage image,
      RegistryClient registry,
      TransferProgress progress)
      throws IOException {
    progress.say(
        "", "The push refers to repository [" + reference.domain() + "/" + reference.path() + "]");
    var target = new Target(reference, registry, progress);
    Manifest manifest = manifest(image, layers(image, target));
    if (!registry.hasBlob(manifest.config().digest())) {
      registry.upload(
          manifest.config(), List.of(), offset -> open(manifest.config().digest(), offset));
    }
    byte[] bytes = bytesOf(image, manifest);
    String tag = reference.tag().orElse("latest");
    registry.putManifest(tag, manifest.mediaType(), bytes);
    Digest digest = blobs.put(bytes);
    var pushed = new Descriptor(manifest.mediaType(), digest, bytes.length);
    images.add(
        manifest.config().digest(),
        pushed,
        List.of(
            new ImageReference(
                reference.domain(),
                reference.path(),
                Optional.empty(),
                Optional.of(digest.toString()))));
    progress.say("", tag + ": digest: " + digest + " size: " + bytes.length);
    return pushed;
  }

  /// Where something is pushed to, and who watches.
  private record Target(
      ImageReference reference, RegistryClient registry, TransferProgress progress) {}

  /// The manifest it came with, as long as all of it is here.
  private Optional<Manifest> known(StoredImage image) {
    return image
        .manifest()
        .filter(it -> it.layers().stream().allMatch(layer -> blobs.contains(layer.digest())));
  }

  private Manifest manifest(StoredImage image, List<Descriptor> layers) throws IOException {
    var known = known(image);
    if (known.isPresent()) {
      return known.get();
    }
    Digest config = Digest.parse(image.id().value());
    return new Manifest(
        MediaTypes.DOCKER_MANIFEST,
        new Descriptor(MediaTypes.DOCKER_CONFIG, config, blobs.read(config).length),
        layers,
        Map.of());
  }

  private Descriptor blob(StoredImage image, int layer) throws IOException {
    var known = known(image);
    if (known.isPresent()) {
      return known.get().layers().get(layer);
    }
    Descriptor blob = layerBlobs.of(image.layers().get(layer));
    // The manifest made here is Docker's, and zstd has no name in that.
    return new Descriptor(
        blob.mediaType().endsWith("zstd")
            ? MediaTypes.OCI_LAYER_ZSTD
            : MediaTypes.DOCKER_LAYER_GZIP,
        blob.digest(),
        blob.size());
  }

  /// A manifest is pushed with the very bytes it came with: they have its digest.
  private byte[] bytesOf(StoredImage image, Manifest manifest) throws IOException {
    if (image.manifest().filter(manifest::equals).isPresent()) {
      Optional<Digest> digest = images.manifestDigest(image.id());
      if (digest.isPresent()) {
        return blobs.read(digest.get());
      }
    }
    return OciJson.write(manifest);
  }

  /// Packs and sends the layers beside one another.
  ///
  /// @return their blobs, in the image's order
  private List<Descriptor> layers(StoredImage image, Target target) throws IOException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Descriptor>>();
      for (int i = 0; i < image.layers().size(); i++) {
        int layer = i;
        String part = image.layers().get(i).digest().shortId();
        target.progress.say(part, "Preparing");
        running.add(
            threads.submit(
                () -> {
                  uploads.acquire();
                  try {
                    Descriptor blob = blob(image, layer);
                    send(image.layers().get(layer), blob, part, target);
                    return blob;
                  } finally {
                    uploads.release();
                  }
                }));
      }
      try {
        var sent = new ArrayList<Descriptor>();
        for (var one : running) {
          sent.add(one.get());
        }
        return sent;
      } catch (ExecutionException | InterruptedException e) {
        threads.shutdownNow();
        switch (e.getCause()) {
          case EngineException known -> throw known;
          case IOException io -> throw io;
          case null, default -> throw new IOException(String.valueOf(e.getMessage()), e);
        }
      }
    }
  }

  private void send(DiffId layer, Descriptor blob, String part, Target target) throws IOException {
    if (target.registry.hasBlob(blob.digest())) {
      target.progress.say(part, "Layer already exists");
      return;
    }
    var from =
        target.registry.upload(
            blob,
            repositoriesOf(layer, target.reference),
            offset ->
                new CountedStream(
                    open(blob.digest(), offset),
                    count -> target.progress.count(part, "Pushing", offset + count, blob.size())));
    target.progress.say(part, from.map(it -> "Mounted from " + it).orElse("Pushed"));
  }

  /// Other repositories of the same registry that were seen with the layer.
  private List<String> repositoriesOf(DiffId layer, ImageReference target) {
    return images.list().stream()
        .filter(it -> it.layers().contains(layer))
        .flatMap(it -> it.digests().stream())
        .map(ImageReference::parse)
        .filter(it -> it.domain().equals(target.domain()) && !it.path().equals(target.path()))
        .map(ImageReference::path)
        .distinct()
        .limit(MOUNTS_TRIED)
        .toList();
  }

  private InputStream open(Digest digest, long offset) {
    try {
      InputStream in = blobs.open(digest);
      in.skipNBytes(offset);
      return in;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
