package jcompose.engine.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageReference;
import jcompose.engine.content.BlobStore;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.Digest;
import jcompose.engine.oci.ImageConfig;
import jcompose.engine.oci.ImageConfigJson;
import jcompose.engine.oci.Manifest;
import jcompose.engine.oci.MediaTypes;
import jcompose.engine.oci.OciJson;
import jcompose.engine.oci.Platform;
import jcompose.engine.registry.Credentials;
import jcompose.engine.registry.Registries;
import jcompose.engine.registry.RegistryClient;
import jcompose.engine.snapshot.Snapshotter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pulls images over the distribution protocol.
public final class RegistryPuller implements ImagePuller {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryPuller.class);
  private static final int MAX_CONFIG = 8 << 20;

  private final Registries registries;
  private final BlobStore blobs;
  private final DiskImageStore images;
  private final LayerTransfer transfer;

  public RegistryPuller(
      Registries registries, BlobStore blobs, Snapshotter snapshots, DiskImageStore images) {
    this.registries = registries;
    this.blobs = blobs;
    this.images = images;
    this.transfer = new LayerTransfer(blobs, snapshots);
  }

  @Override
  public StoredImage pull(
      ImageReference reference,
      Optional<Platform> platform,
      Optional<Credentials> credentials,
      TransferListener listener) {
    var progress = new TransferProgress(listener);
    Platform wanted = platform.orElseGet(Platform::host);
    List<RegistryClient> sources = registries.sources(reference, credentials);
    for (RegistryClient mirror : sources.subList(0, sources.size() - 1)) {
      try {
        return pull(reference, wanted, mirror, progress);
      } catch (IOException | EngineException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new EngineException.Failed("interrupted while pulling " + reference.familiar(), e);
        }
        LOG.info("the mirror {} does not give {}: {}", mirror, reference.familiar(), e.toString());
      }
    }
    try {
      return pull(reference, wanted, sources.getLast(), progress);
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot pull " + reference.familiar() + ": " + e.getMessage(), e);
    }
  }

  private StoredImage pull(
      ImageReference reference,
      Platform platform,
      RegistryClient registry,
      TransferProgress progress)
      throws IOException {
    String asked = reference.digest().orElseGet(() -> reference.tag().orElse("latest"));
    RegistryClient.Fetched top =
        registry
            .manifest(asked)
            .orElseThrow(
                () ->
                    new EngineException.NotFound(
                        "manifest for "
                            + reference.familiar()
                            + " not found: manifest unknown: manifest unknown"));
    progress.say(asked, "Pulling from " + reference.path());

    RegistryClient.Fetched chosen = ofPlatform(reference, platform, registry, top);
    Manifest manifest = OciJson.readManifest(chosen.bytes());
    requireImage(reference, manifest);
    ImageConfig config =
        ImageConfigJson.read(transfer.small(registry, manifest.config(), MAX_CONFIG));
    if (config.diffIds().size() != manifest.layers().size()) {
      throw new IOException(
          "its manifest has "
              + manifest.layers().size()
              + " layers, its configuration "
              + config.diffIds().size());
    }
    Optional<StoredImage> before = images.find(reference.toString());
    StoredImage image;
    try (var _ = images.hold(config.diffIds())) {
      layers(registry, manifest, config, progress);
      blobs.put(chosen.bytes());
      image =
          images.add(
              manifest.config().digest(),
              chosen.descriptor(),
              names(reference, top.descriptor().digest()));
    }
    progress.say("", "Digest: " + top.descriptor().digest());
    boolean same = before.filter(it -> it.id().equals(image.id())).isPresent();
    progress.say(
        "",
        (same ? "Status: Image is up to date for " : "Status: Downloaded newer image for ")
            + reference.familiar());
    return image;
  }

  private static RegistryClient.Fetched ofPlatform(
      ImageReference reference,
      Platform platform,
      RegistryClient registry,
      RegistryClient.Fetched top)
      throws IOException {
    if (!MediaTypes.isIndex(top.descriptor().mediaType())) {
      return top;
    }
    Descriptor chosen =
        PlatformChoice.choose(OciJson.readIndex(top.bytes()), platform)
            .orElseThrow(
                () ->
                    new EngineException.NotFound(
                        "no matching manifest for "
                            + platform
                            + " in the manifest list entries of "
                            + reference.familiar()));
    return registry
        .manifest(chosen.digest().toString())
        .orElseThrow(
            () -> new EngineException.NotFound("manifest " + chosen.digest() + " not found"));
  }

  /// Other things than images are kept in registries too.
  private static void requireImage(ImageReference reference, Manifest manifest) {
    String type = manifest.config().mediaType();
    if (!type.equals(MediaTypes.OCI_CONFIG)
        && !type.equals(MediaTypes.DOCKER_CONFIG)
        && !type.equals("application/octet-stream")) {
      throw new EngineException.Unsupported(
          reference.familiar() + " is no container image: its configuration is a \"" + type + "\"");
    }
  }

  private void layers(
      RegistryClient registry, Manifest manifest, ImageConfig config, TransferProgress progress)
      throws IOException {
    List<Future<?>> layers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < manifest.layers().size(); i++) {
        Descriptor blob = manifest.layers().get(i);
        var diffId = config.diffIds().get(i);
        layers.add(threads.submit(() -> transfer.layer(registry, blob, diffId, progress)));
      }
      try {
        for (var layer : layers) {
          layer.get();
        }
      } catch (ExecutionException | InterruptedException e) {
        threads.shutdownNow(); // closing waits until they have ended
        switch (e.getCause()) {
          case EngineException known -> throw known;
          case IOException io -> throw io;
          case null, default -> {
            if (e instanceof InterruptedException) {
              Thread.currentThread().interrupt();
              throw new IOException("interrupted", e);
            }
            throw new IOException(String.valueOf(e.getCause()), e);
          }
        }
      }
    }
  }

  private static List<ImageReference> names(ImageReference reference, Digest digest) {
    var names = new ArrayList<ImageReference>();
    reference
        .tag()
        .filter(_ -> reference.digest().isEmpty())
        .ifPresent(
            tag ->
                names.add(
                    new ImageReference(
                        reference.domain(), reference.path(), Optional.of(tag), Optional.empty())));
    names.add(
        new ImageReference(
            reference.domain(),
            reference.path(),
            Optional.empty(),
            Optional.of(digest.toString())));
    return names;
  }
}
