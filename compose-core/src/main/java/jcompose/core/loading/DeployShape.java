package jcompose.core.loading;

import static jcompose.core.loading.Shape.Print.ALWAYS_MAPPING;
import static jcompose.core.loading.Shape.Print.EVEN_UNSET;
import static jcompose.core.loading.Shape.Print.WHEN_SET;
import static jcompose.core.loading.Shapes.DURATION;
import static jcompose.core.loading.Shapes.INTEGER;
import static jcompose.core.loading.Shapes.LABELS;
import static jcompose.core.loading.Shapes.NUMBER;
import static jcompose.core.loading.Shapes.STRING;
import static jcompose.core.loading.Shapes.STRINGS;
import static jcompose.core.loading.Shapes.STRING_LIST;
import static jcompose.core.loading.Shapes.UNSIGNED;
import static jcompose.core.loading.Shapes.WHOLE;
import static jcompose.core.loading.Shapes.oneOf;
import static jcompose.core.loading.Shapes.struct;
import static jcompose.core.loading.Shapes.words;

import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.Struct;

/// What `services.*.deploy` and `services.*.gpus` take.
final class DeployShape {
  private DeployShape() {}

  private static final Struct UPDATE =
      struct("update rule")
          .field("parallelism", UNSIGNED, WHEN_SET)
          .field("delay", DURATION)
          .field("failure_action", STRING)
          .field("monitor", DURATION)
          .field("max_failure_ratio", NUMBER)
          .field("order", words("start-first", "stop-first"))
          .build();

  private static final Struct LIMITS =
      struct("limits")
          .field("cpus", NUMBER)
          .field("memory", new Leaf(LeafType.SIZE))
          .field("pids", INTEGER)
          .build();

  private static final Struct GENERIC_RESOURCE =
      struct("generic resource")
          .field(
              "discrete_resource_spec",
              struct("discrete resource")
                  .field("kind", STRING, EVEN_UNSET)
                  .field("value", WHOLE, EVEN_UNSET)
                  .build(),
              WHEN_SET)
          .build();

  private static final Struct RESERVATIONS =
      struct("reservations")
          .field("cpus", NUMBER)
          .field("memory", new Leaf(LeafType.SIZE))
          .field("devices", new ListOf(device().required("capabilities").build(), false))
          .field("generic_resources", new ListOf(GENERIC_RESOURCE, false))
          .build();

  private static final Struct RESTART =
      struct("restart policy")
          .field("condition", STRING)
          .field("delay", DURATION, WHEN_SET)
          .field("max_attempts", UNSIGNED, WHEN_SET)
          .field("window", DURATION, WHEN_SET)
          .build();

  private static final Struct PLACEMENT =
      struct("placement")
          .field("constraints", STRING_LIST)
          .field(
              "preferences",
              new ListOf(struct("preference").field("spread", STRING).build(), false))
          .field("max_replicas_per_node", UNSIGNED)
          .build();

  static final Struct DEPLOY =
      struct("deploy")
          .field("mode", STRING)
          .field("replicas", INTEGER, WHEN_SET)
          .field("labels", LABELS)
          .field("update_config", UPDATE, WHEN_SET)
          .field("rollback_config", UPDATE, WHEN_SET)
          .field(
              "resources",
              struct("resources")
                  .field("limits", LIMITS, WHEN_SET)
                  .field("reservations", RESERVATIONS, WHEN_SET)
                  .build(),
              ALWAYS_MAPPING)
          .field("restart_policy", RESTART, WHEN_SET)
          .field("placement", PLACEMENT, ALWAYS_MAPPING)
          .field("endpoint_mode", STRING)
          .build();

  /// docker compose's own schema lets any key stand here.
  static final Shape GPUS = oneOf(words("all"), new ListOf(device().open().build(), false));

  private static Shape.Builder device() {
    return struct("device request")
        .field("capabilities", STRINGS)
        .field("driver", STRING)
        .field("count", new Leaf(LeafType.COUNT))
        .field("device_ids", STRINGS)
        .field("options", LABELS);
  }
}
