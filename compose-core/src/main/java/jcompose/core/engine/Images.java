package jcompose.core.engine;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.BuildSpec;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.core.resource.ImportSpec;

/// Images of an engine.
public interface Images {
  /// The image as the engine has it, without asking a registry.
  ///
  /// @param reference as a person writes it, or an id
  Optional<ImageDetails> find(String reference);

  List<ImageDetails> list();

  /// What a reference stands for in its registry now. Nothing is fetched.
  ///
  /// @return `sha256:…` of the manifest, or of the index of several
  /// @throws EngineException.NotFound when the registry has no such image
  /// @throws EngineException.Denied when the registry wants other credentials
  /// @throws EngineException.Unavailable when the registry does not answer
  String registryDigest(ImageReference reference);

  /// Fetches an image from its registry, or makes sure that it is the newest.
  ///
  /// @param platform `os/arch[/variant]`; absent for the engine's own
  /// @throws EngineException.NotFound when the registry has no such image
  /// @throws EngineException.Denied when the registry wants other credentials
  /// @throws EngineException.Unavailable when the registry does not answer
  void pull(ImageReference reference, Optional<String> platform, TransferListener listener);

  /// Sends an image to its registry.
  void push(ImageReference reference, TransferListener listener);

  /// Builds an image; the listener gets the builder's output.
  ///
  /// @throws EngineException.Failed when an instruction fails, with the builder's message
  ImageId build(BuildSpec spec, TransferListener listener);

  void tag(ImageId image, ImageReference reference);

  /// Removes a tag, and with the last one the image.
  ///
  /// @throws EngineException.Conflict when a container uses it and `force` is false
  void remove(String reference, boolean force);

  /// Images as an archive that `docker load` takes. The caller closes it.
  ///
  /// @throws EngineException.NotFound when there is no such image
  default InputStream save(List<String> references) {
    throw new EngineException.Unsupported("archives of images are read through the daemon");
  }

  /// Adds the images of such an archive, compressed or not.
  ///
  /// @param listener gets a line an image: `Loaded image: NAME`
  default void load(InputStream archive, TransferListener listener) {
    throw new EngineException.Unsupported("archives of images are written through the daemon");
  }

  /// Makes an image of a tar of a root file system.
  ///
  /// @param tar not read where the spec names a URL
  default ImageId importRoot(ImportSpec spec, InputStream tar, TransferListener listener) {
    throw new EngineException.Unsupported("root file systems are imported through the daemon");
  }
}
