package jcompose.engine.image;

import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageReference;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.registry.Credentials;

/// Sends images to registries.
public interface ImagePusher {
  /// Sends the image of this name; blobs that the registry has are not sent again.
  ///
  /// @param credentials absent for those that are configured on this machine, if any
  /// @return the manifest as the registry now has it
  /// @throws EngineException.NotFound when no image here has this name
  /// @throws EngineException.Denied when the registry wants (other) credentials
  /// @throws EngineException.Unavailable when the registry does not answer
  Descriptor push(
      ImageReference reference, Optional<Credentials> credentials, TransferListener listener);
}
