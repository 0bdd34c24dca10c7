package jcompose.engine.daemon.api;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import jcompose.engine.image.StoredImage;

/// The filter `reference` of images: a shell pattern over familiar references, with or without tag.
final class ReferencePattern {
  private ReferencePattern() {}

  static boolean fits(String pattern, StoredImage image) {
    return image.tags().stream().anyMatch(it -> fits(pattern, it))
        || image.digests().stream().anyMatch(it -> fits(pattern, it));
  }

  static boolean fits(String pattern, String reference) {
    int colon = reference.lastIndexOf(':');
    String name = colon > reference.lastIndexOf('/') ? reference.substring(0, colon) : reference;
    if (pattern.equals(reference) || pattern.equals(name)) {
      return true;
    }
    try {
      var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return matcher.matches(Path.of(reference)) || matcher.matches(Path.of(name));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
