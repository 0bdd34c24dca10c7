package jcompose.core.loading;

import static jcompose.core.loading.Shape.Print.ALWAYS_MAPPING;
import static jcompose.core.loading.Shape.Print.WHEN_SET;
import static jcompose.core.loading.Shapes.BOOLEAN;
import static jcompose.core.loading.Shapes.LABELS;
import static jcompose.core.loading.Shapes.OPTIONS;
import static jcompose.core.loading.Shapes.STRING;
import static jcompose.core.loading.Shapes.STRING_LIST;
import static jcompose.core.loading.Shapes.mapOf;
import static jcompose.core.loading.Shapes.oneOf;
import static jcompose.core.loading.Shapes.struct;

import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.Struct;

/// What networks, volumes, secrets, configs and models take.
final class ResourceShape {
  private ResourceShape() {}

  private static final Shape EXTERNAL =
      oneOf(BOOLEAN, struct("external reference").field("name", STRING).build());

  /// Of secrets and configs any key may stand beside the name.
  private static final Shape OPEN_EXTERNAL =
      oneOf(BOOLEAN, struct("external reference").field("name", STRING).open().build());

  private static final Struct POOL =
      struct("address pool")
          .field("subnet", STRING)
          .field("gateway", STRING)
          .field("ip_range", STRING)
          .field("aux_addresses", mapOf(STRING))
          .build();

  static final Struct NETWORK =
      struct("network")
          .field("name", STRING)
          .field("driver", STRING)
          .field("driver_opts", OPTIONS)
          .field(
              "ipam",
              struct("ipam")
                  .field("driver", STRING)
                  .field("config", new ListOf(POOL, false))
                  .field("options", mapOf(STRING))
                  .build(),
              ALWAYS_MAPPING)
          .field("external", EXTERNAL)
          .field("internal", BOOLEAN)
          .field("attachable", BOOLEAN)
          .field("labels", LABELS)
          .field("enable_ipv4", BOOLEAN, WHEN_SET)
          .field("enable_ipv6", BOOLEAN, WHEN_SET)
          .build();

  static final Struct VOLUME =
      struct("volume")
          .field("name", STRING)
          .field("driver", STRING)
          .field("driver_opts", OPTIONS)
          .field("external", EXTERNAL)
          .field("labels", LABELS)
          .build();

  static final Struct SECRET =
      struct("secret")
          .field("name", STRING)
          .field("file", STRING)
          .field("environment", STRING)
          .field("external", OPEN_EXTERNAL)
          .field("labels", LABELS)
          .field("driver", STRING)
          .field("driver_opts", OPTIONS)
          .field("template_driver", STRING)
          .build();

  static final Struct CONFIG =
      struct("config")
          .field("name", STRING)
          .field("file", STRING)
          .field("environment", STRING)
          .field("content", STRING)
          .field("external", OPEN_EXTERNAL)
          .field("labels", LABELS)
          .field("template_driver", STRING)
          .build();

  static final Struct MODEL =
      struct("model")
          .field("name", STRING)
          .field("model", STRING)
          .field("context_size", new Leaf(LeafType.STRICT_INTEGER))
          .field("runtime_flags", STRING_LIST)
          .required("model")
          .build();
}
