package jcompose.core.loading;

import static jcompose.core.loading.Shape.Print.WHEN_SET;
import static jcompose.core.loading.Shapes.BOOLEAN;
import static jcompose.core.loading.Shapes.LABELS;
import static jcompose.core.loading.Shapes.STRING;
import static jcompose.core.loading.Shapes.oneOf;
import static jcompose.core.loading.Shapes.struct;
import static jcompose.core.loading.Shapes.words;

import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.Range;
import jcompose.core.loading.Shape.Struct;

/// What `services.*.volumes` and `services.*.devices` take.
final class MountShape {
  private MountShape() {}

  private static final Struct BIND =
      struct("bind options")
          .field("selinux", words("z", "Z"))
          .field("propagation", STRING)
          .field("create_host_path", BOOLEAN)
          .field("recursive", words("enabled", "disabled", "writable", "readonly"))
          .build();

  private static final Struct VOLUME =
      struct("volume options")
          .field("labels", LABELS)
          .field("nocopy", BOOLEAN)
          .field("subpath", STRING)
          .build();

  private static final Struct TMPFS =
      struct("tmpfs options")
          .field("size", new Leaf(LeafType.WHOLE_BYTES, new Range(0, Long.MAX_VALUE)))
          .field("mode", new Leaf(LeafType.NATIVE_NUMBER, new Range(0, 0xffff_ffffL)))
          .build();

  private static final Struct MOUNT =
      struct("volume of a service")
          .field("type", words("bind", "volume", "tmpfs", "cluster", "npipe", "image"))
          .field("source", STRING)
          .field("target", STRING)
          .field("read_only", BOOLEAN)
          .field("consistency", STRING)
          .field("bind", BIND, WHEN_SET)
          .field("volume", VOLUME, WHEN_SET)
          .field("tmpfs", TMPFS, WHEN_SET)
          .field("image", struct("image options").field("subpath", STRING).build(), WHEN_SET)
          .required("type")
          .build();

  static final Shape VOLUMES = new ListOf(oneOf(STRING, MOUNT), true);

  static final Shape DEVICES =
      new ListOf(
          oneOf(
              STRING,
              struct("device")
                  .field("source", STRING)
                  .field("target", STRING)
                  .field("permissions", STRING)
                  .required("source")
                  .build()),
          false);
}
