package jcompose.engine.image;

import jcompose.core.resource.ImageId;

/// One thing that a removal took away, in order.
public sealed interface Removal {
  /// @param reference familiar, `nginx:1.27`
  record Untagged(String reference) implements Removal {}

  record Deleted(ImageId image) implements Removal {}
}
