package jcompose.engine.image;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.ImageId;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.ImageConfig;
import jcompose.engine.oci.Manifest;

/// An image that is here, with all its layers unpacked.
///
/// @param manifest the manifest it was pulled or loaded with; absent for one that was built here
/// @param tags familiar references with a tag, such as `nginx:1.27`, sorted
/// @param digests familiar references with the digest of a manifest or index, sorted
/// @param parent the image a build made it from, when it is an intermediate step
/// @param sizeBytes of all layers, unpacked
/// @param lastTagged when it last got a tag
public record StoredImage(
    ImageId id,
    ImageConfig config,
    Optional<Manifest> manifest,
    List<String> tags,
    List<String> digests,
    Optional<ImageId> parent,
    long sizeBytes,
    Optional<Instant> lastTagged) {
  public StoredImage {
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
  }

  /// Its layers, the lowest first: what [jcompose.engine.snapshot.Snapshotter#prepare] takes.
  public List<DiffId> layers() {
    return config.diffIds();
  }

  /// When it was made; the epoch when its configuration does not say.
  public Instant created() {
    return config.created().orElse(Instant.EPOCH);
  }
}
