package jcompose.core.resource;

import java.util.List;
import java.util.Optional;

/// An image to be made of a tar of a root file system.
///
/// @param url where the engine gets the tar itself
/// @param changes Dockerfile instructions for the image's configuration
/// @param platform `os/arch[/variant]`; absent for the engine's own
public record ImportSpec(
    Optional<String> url,
    Optional<ImageReference> name,
    Optional<String> message,
    List<String> changes,
    Optional<String> platform) {
  public ImportSpec {
    changes = List.copyOf(changes);
  }
}
