package jcompose.engine.image;

import java.util.Optional;
import java.util.regex.Pattern;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.engine.oci.Digest;

/// From what a person writes to an image.
final class ImageLookup {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,64}");

  private ImageLookup() {}

  static Optional<ImageRecord> find(ImageIndexState state, String text) {
    if (Digest.isDigest(text)) {
      return Optional.ofNullable(state.images().get(new ImageId(text)));
    }
    if (text.length() == 64 && HEX.matcher(text).matches()) {
      return Optional.ofNullable(state.images().get(new ImageId("sha256:" + text)));
    }
    try {
      ImageId named = state.names().get(DiskImageStore.key(ImageReference.parse(text)));
      if (named != null) {
        return Optional.ofNullable(state.images().get(named));
      }
    } catch (IllegalArgumentException notAReference) {
      // it may still begin an id
    }
    String prefix = text.startsWith("sha256:") ? text.substring(7) : text;
    return HEX.matcher(prefix).matches() ? beginning(state, prefix) : Optional.empty();
  }

  private static Optional<ImageRecord> beginning(ImageIndexState state, String prefix) {
    var found =
        state.images().values().stream()
            .filter(it -> it.id().value().startsWith("sha256:" + prefix))
            .limit(2)
            .toList();
    if (found.size() > 1) {
      throw new EngineException.Invalid(
          "ambiguous reference: several images have an id that begins with " + prefix);
    }
    return found.stream().findFirst();
  }

  /// Whether the text means the image by its id and not by a name.
  static boolean isById(ImageIndexState state, ImageRecord image, String text) {
    String hex = image.id().value().substring("sha256:".length());
    if (!hex.startsWith(text.startsWith("sha256:") ? text.substring(7) : text)) {
      return false;
    }
    try {
      return !state.names().containsKey(DiskImageStore.key(ImageReference.parse(text)));
    } catch (IllegalArgumentException notAReference) {
      return true;
    }
  }
}
