package jcompose.engine.oci;

import java.util.Map;
import java.util.Optional;

/// Points at a blob.
///
/// @param mediaType one of [MediaTypes], or another
/// @param size bytes
/// @param platform in an index: what the manifest is for
public record Descriptor(
    String mediaType,
    Digest digest,
    long size,
    Optional<Platform> platform,
    Map<String, String> annotations) {
  public Descriptor {
    annotations = Map.copyOf(annotations);
  }

  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, Optional.empty(), Map.of());
  }
}
