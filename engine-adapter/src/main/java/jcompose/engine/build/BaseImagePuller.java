package jcompose.engine.build;

import java.util.Optional;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageReference;
import jcompose.engine.image.StoredImage;
import jcompose.engine.oci.Platform;

/// Fetches the image of a FROM that is not here.
@FunctionalInterface
public interface BaseImagePuller {
  /// @param platform absent for this machine's
  /// @throws jcompose.core.engine.EngineException as [jcompose.engine.image.ImagePuller#pull] does
  StoredImage pull(
      ImageReference reference, Optional<Platform> platform, TransferListener listener);
}
