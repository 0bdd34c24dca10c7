package jcompose.engine.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.Images;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.BuildSpec;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.engine.build.BuildContextSource;
import jcompose.engine.build.BuildEvent;
import jcompose.engine.build.BuildException;
import jcompose.engine.build.BuildOutput;
import jcompose.engine.build.BuildRequest;
import jcompose.engine.build.ImageBuilder;
import jcompose.engine.image.ImageArchives;
import jcompose.engine.image.ImagePuller;
import jcompose.engine.image.ImagePusher;
import jcompose.engine.image.ImageStore;
import jcompose.engine.image.ImageUse;
import jcompose.engine.image.Removal;
import jcompose.engine.image.StoredImage;
import jcompose.engine.oci.ImageConfig;
import jcompose.engine.oci.Platform;
import jcompose.engine.registry.Credentials;
import jcompose.engine.registry.Registries;
import jcompose.engine.snapshot.Snapshotter;

/// The bundled engine's images.
public final class LocalImages implements Images {
  private final ImageStore store;
  private final ImagePuller puller;
  private final ImagePusher pusher;
  private final ImageBuilder builder;
  private final Parts parts;
  private final ImageArchives archives;
  private final Registries registries;

  LocalImages(
      Parts parts,
      ImagePuller puller,
      ImagePusher pusher,
      ImageBuilder builder,
      ImageArchives archives,
      Registries registries) {
    this.archives = archives;
    this.registries = registries;
    this.parts = parts;
    this.store = parts.images();
    this.puller = puller;
    this.pusher = pusher;
    this.builder = builder;
  }

  public ImageStore store() {
    return store;
  }

  /// The registries that images come from.
  public Registries registries() {
    return registries;
  }

  /// Writes images as an archive that `docker load` takes.
  public void save(List<ImageArchives.Named> wanted, OutputStream out) throws IOException {
    archives.save(wanted, out);
    wanted.forEach(it -> publish("save", it.image().id().value(), it.image().id().value()));
  }

  /// Adds the images of such an archive.
  public List<ImageArchives.Named> load(InputStream archive) throws IOException {
    List<ImageArchives.Named> loaded = archives.load(archive);
    loaded.forEach(it -> publish("load", it.image().id().value(), it.image().id().value()));
    return loaded;
  }

  /// Makes an image of a root file system.
  ///
  /// @param bare what it is but for the layer
  public StoredImage importRoot(
      InputStream tar, ImageConfig bare, Optional<String> message, Optional<ImageReference> name)
      throws IOException {
    StoredImage made = archives.importRoot(tar, bare, message, name);
    publish("import", made.id().value(), made.id().value());
    return made;
  }

  public Snapshotter snapshots() {
    return parts.snapshots();
  }

  @Override
  public Optional<ImageDetails> find(String reference) {
    return store.find(reference).map(LocalImages::details);
  }

  @Override
  public List<ImageDetails> list() {
    return store.list().stream().map(LocalImages::details).toList();
  }

  private static ImageDetails details(StoredImage image) {
    var config = image.config().config();
    return new ImageDetails(
        image.id(),
        image.tags(),
        image.digests(),
        config.labels(),
        config.volumes(),
        config.exposedPorts(),
        config.healthCheck().isPresent(),
        image.sizeBytes());
  }

  @Override
  public void pull(ImageReference reference, Optional<String> platform, TransferListener listener) {
    pull(reference, platform, Optional.empty(), listener);
  }

  public StoredImage pull(
      ImageReference reference,
      Optional<String> platform,
      Optional<Credentials> credentials,
      TransferListener listener) {
    StoredImage image =
        puller.pull(reference, platform.map(LocalImages::platform), credentials, listener);
    publish("pull", reference.familiar(), reference.familiarName());
    return image;
  }

  @Override
  public String registryDigest(ImageReference reference) {
    String asked = reference.digest().orElseGet(() -> reference.tag().orElse("latest"));
    try {
      return registries
          .open(reference, Optional.empty())
          .manifest(asked)
          .orElseThrow(() -> new EngineException.NotFound("manifest unknown: manifest unknown"))
          .descriptor()
          .digest()
          .toString();
    } catch (IOException e) {
      throw new EngineException.Unavailable(
          "cannot look up " + reference.familiar() + ": " + e.getMessage(), e);
    }
  }

  private static Platform platform(String text) {
    try {
      return Platform.parse(text);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void push(ImageReference reference, TransferListener listener) {
    push(reference, Optional.empty(), listener);
  }

  public void push(
      ImageReference reference, Optional<Credentials> credentials, TransferListener listener) {
    pusher.push(reference, credentials, listener);
    publish("push", reference.familiar(), reference.familiarName());
  }

  @Override
  public ImageId build(BuildSpec spec, TransferListener listener) {
    var request =
        BuildRequest.of(new BuildContextSource.Folder(spec.context()))
            .dockerfile(spec.dockerfile())
            .dockerfileText(spec.inlineDockerfile())
            .arguments(spec.arguments())
            .target(spec.target())
            .tags(spec.tags())
            .labels(spec.labels())
            .noCache(spec.noCache())
            .pull(spec.pull())
            .networkMode(spec.network())
            .extraHosts(spec.extraHosts())
            .platform(spec.platform())
            .shmSizeBytes(spec.shmSizeBytes())
            .build();
    try {
      return build(request, new LinesTo(listener));
    } catch (BuildException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    }
  }

  /// @throws BuildException when the Dockerfile is wrong or an instruction fails
  public ImageId build(BuildRequest request, BuildOutput output) {
    try {
      ImageId image = builder.build(request, output);
      request.tags().forEach(it -> publish("tag", image.value(), it));
      return image;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("the build was interrupted", e);
    }
  }

  /// Gives whole lines to a listener.
  private static final class LinesTo implements BuildOutput {
    private final TransferListener listener;
    private final StringBuilder line = new StringBuilder();

    LinesTo(TransferListener listener) {
      this.listener = listener;
    }

    @Override
    public void text(String text) {
      line.append(text);
      for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
        listener.progress("", line.substring(0, end), Optional.empty(), Optional.empty());
        line.delete(0, end + 1);
      }
    }

    @Override
    public TransferListener transfers() {
      return listener;
    }

    @Override
    public void event(BuildEvent event) {}

    @Override
    public void built(ImageId image) {}
  }

  @Override
  public void tag(ImageId image, ImageReference reference) {
    store.tag(image, reference);
    publish("tag", image.value(), reference.familiar());
  }

  @Override
  public void remove(String reference, boolean force) {
    remove(reference, force, true);
  }

  public List<Removal> remove(String reference, boolean force, boolean prune) {
    String id = store.find(reference).map(it -> it.id().value()).orElse(reference);
    List<Removal> removed = store.remove(reference, force, prune, this::uses);
    for (Removal one : removed) {
      switch (one) {
        case Removal.Untagged _ -> publish("untag", id, id);
        case Removal.Deleted(var gone) -> publish("delete", gone.value(), gone.value());
      }
    }
    return removed;
  }

  /// Containers made from an image.
  public List<ImageUse> uses(ImageId image) {
    return parts.index().all().stream()
        .map(Container::record)
        .filter(it -> it.imageId().equals(image))
        .map(it -> new ImageUse(it.id().value(), it.state().running()))
        .toList();
  }

  private void publish(String action, String id, String name) {
    parts.bus().publish("image", action, id, Map.of("name", name));
  }
}
