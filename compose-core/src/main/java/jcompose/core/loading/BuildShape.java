package jcompose.core.loading;

import static jcompose.core.loading.Shapes.BOOLEAN;
import static jcompose.core.loading.Shapes.ENVIRONMENT;
import static jcompose.core.loading.Shapes.EXTRA_HOSTS;
import static jcompose.core.loading.Shapes.FILE_GRANTS;
import static jcompose.core.loading.Shapes.LABELS;
import static jcompose.core.loading.Shapes.SSH;
import static jcompose.core.loading.Shapes.STRING;
import static jcompose.core.loading.Shapes.STRING_LIST;
import static jcompose.core.loading.Shapes.STRING_OR_LIST;
import static jcompose.core.loading.Shapes.ULIMITS;
import static jcompose.core.loading.Shapes.WHOLE_BYTES;
import static jcompose.core.loading.Shapes.oneOf;
import static jcompose.core.loading.Shapes.struct;

import jcompose.core.loading.Shape.Leaf;

/// What `services.*.build` takes.
final class BuildShape {
  private BuildShape() {}

  static final Shape BUILD =
      oneOf(
          STRING,
          struct("build")
              .field("context", STRING)
              .field("dockerfile", STRING)
              .field("dockerfile_inline", STRING)
              .field("entitlements", STRING_LIST)
              .field("args", ENVIRONMENT)
              .field("provenance", new Leaf(LeafType.BOOLEAN_OR_STRING))
              .field("sbom", new Leaf(LeafType.BOOLEAN_OR_STRING))
              .field("ssh", SSH)
              .field("labels", LABELS)
              .field("cache_from", STRING_LIST)
              .field("cache_to", STRING_LIST)
              .field("no_cache", BOOLEAN)
              .field("no_cache_filter", STRING_OR_LIST)
              .field("additional_contexts", LABELS)
              .field("pull", BOOLEAN)
              .field("extra_hosts", EXTRA_HOSTS, Shape.Print.WHEN_SET)
              .field("isolation", STRING)
              .field("network", STRING)
              .field("target", STRING)
              .field("secrets", FILE_GRANTS)
              .field("shm_size", WHOLE_BYTES)
              .field("tags", STRING_LIST)
              .field("ulimits", ULIMITS)
              .field("platforms", STRING_LIST)
              .field("privileged", BOOLEAN)
              .build());
}
