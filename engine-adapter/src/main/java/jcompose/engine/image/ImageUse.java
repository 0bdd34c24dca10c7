package jcompose.engine.image;

import java.util.List;
import jcompose.core.resource.ImageId;

/// A container that was created from an image.
///
/// @param container its full id
public record ImageUse(String container, boolean running) {
  /// Knows the containers of an image. The owner of the containers answers.
  @FunctionalInterface
  public interface Lookup {
    List<ImageUse> of(ImageId image);
  }
}
