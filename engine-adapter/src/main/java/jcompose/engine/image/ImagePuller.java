package jcompose.engine.image;

import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageReference;
import jcompose.engine.oci.Platform;
import jcompose.engine.registry.Credentials;

/// Brings images from registries.
public interface ImagePuller {
  /// Fetches what is missing of an image, unpacks it, and names it. Pulling what is here already
  /// asks the registry for the manifest alone. Blobs that arrived before a failure are kept, so
  /// that the next pull goes on from there; two pulls of the same layer share the work.
  ///
  /// @param platform absent for this machine's
  /// @param credentials absent for those that are configured on this machine, if any
  /// @param listener told in Docker's words; the part is a layer's short digest, or empty
  /// @throws EngineException.NotFound when the registry has no such image, or none for the platform
  /// @throws EngineException.Denied when the registry wants (other) credentials
  /// @throws EngineException.Unavailable when the registry does not answer
  /// @throws EngineException.Failed when what it sent is not what its digest says, or cannot be
  ///   unpacked
  StoredImage pull(
      ImageReference reference,
      Optional<Platform> platform,
      Optional<Credentials> credentials,
      TransferListener listener);
}
