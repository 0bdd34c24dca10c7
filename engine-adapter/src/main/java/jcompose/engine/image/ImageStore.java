package jcompose.engine.image;

import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.ImageConfig;

/// The images that are here, by name and by id. What it holds is on disk, replaced atomically, and
/// the same after a restart. Safe for many threads.
public interface ImageStore {
  /// Finds an image by a reference (`nginx`, `nginx:1.27`, `nginx@sha256:…`), an id (`sha256:…`, 64
  /// hex digits) or the beginning of an id. A tag wins over the beginning of an id. A text that is
  /// none of these finds nothing.
  ///
  /// @throws EngineException.Invalid when the beginning of an id is shared by several images
  Optional<StoredImage> find(String referenceOrId);

  /// As [#find], for those who need it.
  ///
  /// @throws EngineException.NotFound with Docker's words, `No such image: nginx:latest`
  default StoredImage get(String referenceOrId) {
    return find(referenceOrId)
        .orElseThrow(() -> new EngineException.NotFound("No such image: " + shown(referenceOrId)));
  }

  private static String shown(String referenceOrId) {
    try {
      return ImageReference.parse(referenceOrId).familiar();
    } catch (IllegalArgumentException notAReference) {
      return referenceOrId;
    }
  }

  Optional<StoredImage> find(ImageId id);

  /// All images, intermediate ones too, the newest first.
  List<StoredImage> list();

  /// Adds an image that was made here. Made twice, it is one image: equal configurations have equal
  /// ids. The layers named in the configuration must be unpacked.
  ///
  /// @param tags moved to this image from others that have them; may be empty
  /// @param parent what a build made it from
  /// @throws EngineException.NotFound when a layer is not there
  StoredImage create(ImageConfig config, List<ImageReference> tags, Optional<ImageId> parent);

  /// Gives a name to an image, taking it from another that has it.
  ///
  /// @param reference must have a tag
  /// @throws EngineException.NotFound when there is no such image
  void tag(ImageId image, ImageReference reference);

  /// Removes a name, and with the last one the image, its untagged parents that nothing else needs,
  /// and layers that nothing else uses. By id it removes all names, if they are of one repository
  /// or with `force`.
  ///
  /// @param force removes names although stopped containers use the image, and all names by id
  /// @param prune whether untagged parents go too
  /// @param uses asked which containers were made from an image
  /// @throws EngineException.NotFound with Docker's words
  /// @throws EngineException.Conflict with Docker's words, when a container uses the image, it has
  ///   other names, or other images were built on it
  List<Removal> remove(String referenceOrId, boolean force, boolean prune, ImageUse.Lookup uses);

  /// Keeps layers from going with an image that is removed, while something is made of them that is
  /// no image or snapshot yet. It does not outlive the engine.
  Hold hold(List<DiffId> layers);

  /// Ends when it is closed.
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
