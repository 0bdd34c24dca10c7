package jcompose.core.resource;

import java.util.List;
import java.util.Map;

/// An image as an engine has it.
///
/// @param tags familiar references, such as `nginx:1.27`
/// @param digests familiar references with a digest
/// @param volumes paths that the image declares as volumes
/// @param exposedPorts ports that the image declares, `80/tcp`
public record ImageDetails(
    ImageId id,
    List<String> tags,
    List<String> digests,
    Map<String, String> labels,
    List<String> volumes,
    List<String> exposedPorts,
    boolean hasHealthCheck,
    long sizeBytes) {
  public ImageDetails {
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
    labels = Map.copyOf(labels);
    volumes = List.copyOf(volumes);
    exposedPorts = List.copyOf(exposedPorts);
  }
}
