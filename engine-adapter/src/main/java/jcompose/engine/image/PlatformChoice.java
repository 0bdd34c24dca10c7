package jcompose.engine.image;

import java.util.List;
import java.util.Optional;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.ImageIndex;
import jcompose.engine.oci.Platform;

/// Picks the manifest of an index that runs on a platform.
final class PlatformChoice {
  private PlatformChoice() {}

  /// The best match: the same variant, then a lower one (an arm v7 machine runs v6), then one that
  /// names none. Of equals the first.
  static Optional<Descriptor> choose(ImageIndex index, Platform wanted) {
    for (Optional<String> variant : variants(wanted)) {
      for (Descriptor manifest : index.manifests()) {
        if (manifest
            .platform()
            .filter(
                it ->
                    it.os().equals(wanted.os())
                        && it.architecture().equals(wanted.architecture())
                        && it.variant().equals(variant))
            .isPresent()) {
          return Optional.of(manifest);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Optional<String>> variants(Platform wanted) {
    if (wanted.architecture().equals("arm")) {
      return switch (wanted.variant().orElse("v7")) {
        case "v8" ->
            List.of(Optional.of("v8"), Optional.of("v7"), Optional.of("v6"), Optional.of("v5"));
        case "v7" -> List.of(Optional.of("v7"), Optional.of("v6"), Optional.of("v5"));
        case "v6" -> List.of(Optional.of("v6"), Optional.of("v5"));
        default -> List.of(wanted.variant());
      };
    }
    return wanted.variant().isPresent()
        ? List.of(wanted.variant(), Optional.empty())
        : List.of(Optional.empty());
  }
}
