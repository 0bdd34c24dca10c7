package jcompose.core.resource;

import java.util.List;
import java.util.Optional;

/// How an image is made of a container.
///
/// @param name of the image; absent for none
/// @param pause whether a running container stands still meanwhile
/// @param changes Dockerfile instructions for the image's configuration
public record CommitSpec(
    Optional<ImageReference> name,
    Optional<String> author,
    Optional<String> message,
    boolean pause,
    List<String> changes) {
  public CommitSpec {
    changes = List.copyOf(changes);
  }
}
