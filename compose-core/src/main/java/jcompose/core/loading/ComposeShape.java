package jcompose.core.loading;

import static jcompose.core.loading.Shape.Print.NEVER;
import static jcompose.core.loading.Shape.Print.WHEN_SET;
import static jcompose.core.loading.Shapes.STRING;
import static jcompose.core.loading.Shapes.STRING_OR_LIST;
import static jcompose.core.loading.Shapes.named;
import static jcompose.core.loading.Shapes.oneOf;
import static jcompose.core.loading.Shapes.struct;

import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.Nullable;
import jcompose.core.loading.Shape.Struct;

/// The compose specification's schema: every key there is, what it takes, and how it is printed.
final class ComposeShape {
  private ComposeShape() {}

  private static final Struct INCLUDE =
      struct("include")
          .field("path", STRING_OR_LIST)
          .field("project_directory", STRING)
          .field("env_file", STRING_OR_LIST)
          .build();

  static final Struct PROJECT =
      struct("compose file")
          .field("version", STRING, NEVER)
          .field("name", STRING)
          .field("include", new ListOf(oneOf(STRING, INCLUDE), false), NEVER)
          .field("services", named(ServiceShape.SERVICE), WHEN_SET)
          .field("networks", named(new Nullable(ResourceShape.NETWORK)))
          .field("volumes", named(new Nullable(ResourceShape.VOLUME)))
          .field("secrets", named(ResourceShape.SECRET))
          .field("configs", named(ResourceShape.CONFIG))
          .field("models", named(ResourceShape.MODEL))
          .build();
}
