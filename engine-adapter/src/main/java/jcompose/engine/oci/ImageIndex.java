package jcompose.engine.oci;

import java.util.List;
import java.util.Map;

/// A list of manifests, by platform.
///
/// @param mediaType [MediaTypes#OCI_INDEX] or [MediaTypes#DOCKER_INDEX]
public record ImageIndex(
    String mediaType, List<Descriptor> manifests, Map<String, String> annotations) {
  public ImageIndex {
    manifests = List.copyOf(manifests);
    annotations = Map.copyOf(annotations);
  }
}
