package jcompose.engine.oci;

import java.util.List;
import java.util.Map;

/// One platform's image: its configuration and its layers, the lowest first.
///
/// @param mediaType [MediaTypes#OCI_MANIFEST] or [MediaTypes#DOCKER_MANIFEST]
public record Manifest(
    String mediaType, Descriptor config, List<Descriptor> layers, Map<String, String> annotations) {
  public Manifest {
    layers = List.copyOf(layers);
    annotations = Map.copyOf(annotations);
  }
}
