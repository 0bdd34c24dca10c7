package jcompose.engine.build;

import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageReference;
import jcompose.engine.image.StoredImage;
import jcompose.engine.oci.Platform;

/// Finds the image that a FROM or `--from` names: here, or else at its registry.
final class BaseImages {
  private BaseImages() {}

  static StoredImage find(
      BuildSession session,
      String name,
      Optional<String> platform,
      OrderedOutput.StageOutput output) {
    Optional<Platform> wanted;
    try {
      wanted = platform.or(() -> session.request().platform()).map(Platform::parse);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
    Optional<StoredImage> here =
        session
            .images()
            .find(name)
            .filter(it -> wanted.isEmpty() || wanted.get().equals(it.config().platform()));
    if (here.isPresent() && !session.request().pull()) {
      return here.get();
    }
    ImageReference reference;
    try {
      reference = ImageReference.parse(name);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(
          "failed to parse stage name \"" + name + "\": " + e.getMessage());
    }
    return session
        .puller()
        .pull(
            reference,
            wanted,
            session.request().credentials().forRegistry(reference.domain()),
            output.transfers());
  }
}
