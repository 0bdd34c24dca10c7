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
    Manifest manifest = manifest(image);
    layers(manifest, image.layers(), registry, progress);
    if (!registry.hasBlob(manifest.config().digest())) {
      registry.upload(manifest.config(), () -> open(manifest.config().digest()));
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

  /// The one it came with, as long as all of it is here; else a new one.
  private Manifest manifest(StoredImage image) throws IOException {
    var known =
        image
            .manifest()
            .filter(it -> it.layers().stream().allMatch(layer -> blobs.contains(layer.digest())));
    if (known.isPresent()) {
      return known.get();
    }
    var layers = new ArrayList<Descriptor>();
    for (DiffId layer : image.layers()) {
      Descriptor blob = layerBlobs.of(layer);
      // The manifest made here is Docker's, and zstd has no name in that.
      layers.add(
          new Descriptor(
              blob.mediaType().endsWith("zstd")
                  ? MediaTypes.OCI_LAYER_ZSTD
                  : MediaTypes.DOCKER_LAYER_GZIP,
              blob.digest(),
              blob.size()));
    }
    Digest config = Digest.parse(image.id().value());
    return new Manifest(
        MediaTypes.DOCKER_MANIFEST,
        new Descriptor(MediaTypes.DOCKER_CONFIG, config, blobs.read(config).length),
        layers,
        Map.of());
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

  private void layers(
      Manifest manifest, List<DiffId> diffIds, RegistryClient registry, TransferProgress progress)
      throws IOException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<?>>();
      for (int i = 0; i < manifest.layers().size(); i++) {
        Descriptor layer = manifest.layers().get(i);
        String part = diffIds.get(i).digest().shortId();
        progress.say(part, "Preparing");
        sent.add(
            threads.submit(
                () -> {
                  send(layer, part, registry, progress);
                  return layer;
                }));
      }
      try {
        for (var one : sent) {
          one.get();
        }
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

  private void send(
      Descriptor layer, String part, RegistryClient registry, TransferProgress progress)
      throws IOException {
    if (registry.hasBlob(layer.digest())) {
      progress.say(part, "Layer already exists");
      return;
    }
    registry.upload(
        layer,
        () ->
            new CountedStream(
                open(layer.digest()),
                count -> progress.count(part, "Pushing", count, layer.size())));
    progress.say(part, "Pushed");
  }

  private InputStream open(Digest digest) {
    try {
      return blobs.open(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
