package jcompose.engine.image;

import java.time.Instant;
import java.util.Optional;
import jcompose.core.resource.ImageId;
import jcompose.engine.oci.Digest;
import jcompose.engine.oci.ImageConfig;

/// What is known of an image, without its names.
///
/// @param manifest digest of the manifest it came with, which is in the blob store
record ImageRecord(
    ImageId id,
    ImageConfig config,
    Optional<Digest> manifest,
    Optional<ImageId> parent,
    Optional<Instant> lastTagged) {
  ImageRecord withLastTagged(Instant time) {
    return new ImageRecord(id, config, manifest, parent, Optional.of(time));
  }

  ImageRecord withManifest(Digest digest) {
    return new ImageRecord(id, config, Optional.of(digest), parent, lastTagged);
  }
}
