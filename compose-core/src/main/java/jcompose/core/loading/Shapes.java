package jcompose.core.loading;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.MapOf;
import jcompose.core.loading.Shape.Nullable;
import jcompose.core.loading.Shape.OneOf;
import jcompose.core.loading.Shape.Range;

/// The words that the specification's schema is written in.
final class Shapes {
  private Shapes() {}

  /// What services, networks and the like may be called.
  static final Optional<Pattern> NAME = Optional.of(Pattern.compile("[a-zA-Z0-9._-]+"));

  private static final Optional<Pattern> NOT_EMPTY =
      Optional.of(Pattern.compile(".+", Pattern.DOTALL));

  static final Shape STRING = new Leaf(LeafType.STRING);
  static final Shape STRING_OR_NUMBER = new Leaf(LeafType.STRING_OR_NUMBER);
  static final Shape STRING_OR_INTEGER = new Leaf(LeafType.STRING_OR_INTEGER);
  static final Shape BOOLEAN = new Leaf(LeafType.BOOLEAN);
  static final Shape INTEGER = new Leaf(LeafType.INTEGER);
  static final Shape UNSIGNED = integer(0, Long.MAX_VALUE);
  static final Shape WHOLE = new Leaf(LeafType.WHOLE);
  static final Shape NUMBER = new Leaf(LeafType.NUMBER);
  static final Shape BYTES = new Leaf(LeafType.BYTES);
  static final Shape WHOLE_BYTES = new Leaf(LeafType.WHOLE_BYTES);
  static final Shape DURATION = new Leaf(LeafType.DURATION);

  /// Permission bits, which are 32.
  static final Shape MODE = new Leaf(LeafType.MODE, new Range(0, 0xffff_ffffL));

  static final Shape STRINGS = new ListOf(STRING, true);
  static final Shape STRING_LIST = new ListOf(STRING, false);
  static final Shape STRING_OR_LIST = oneOf(STRING, STRINGS);
  static final Shape COMMAND = new Nullable(oneOf(STRING, STRING_LIST));
  static final Shape LABELS = listOrMap(LeafType.TEXT);
  static final Shape ENVIRONMENT = listOrMap(LeafType.TEXT_OR_NOTHING);
  static final Shape SSH = listOrMap(LeafType.SSH_KEY);
  static final Shape OPTIONS = mapOf(new Leaf(LeafType.STRING_OR_NUMBER));
  static final Shape EXTRA_HOSTS =
      oneOf(STRINGS, new MapOf(oneOf(STRING, STRING_LIST), NOT_EMPTY, false));

  static final Shape FILE_GRANTS =
      new ListOf(
          oneOf(
              STRING,
              struct("file grant")
                  .field("source", STRING)
                  .field("target", STRING)
                  .field("uid", STRING)
                  .field("gid", STRING)
                  .field("mode", MODE, Shape.Print.WHEN_SET)
                  .build()),
          false);

  /// Only names in lower case are said to be limits; what others hold is read all the same.
  static final Shape ULIMITS =
      mapOf(
          oneOf(
              INTEGER,
              struct("ulimit")
                  .field("single", INTEGER, Shape.Print.DERIVED)
                  .field("soft", INTEGER, Shape.Print.WHEN_SET)
                  .field("hard", INTEGER, Shape.Print.WHEN_SET)
                  .required("soft", "hard")
                  .build()));

  static Shape.Builder struct(String name) {
    return new Shape.Builder(name);
  }

  static Shape oneOf(Shape... alternatives) {
    return new OneOf(List.of(alternatives));
  }

  static Shape mapOf(Shape value) {
    return new MapOf(value, Optional.empty(), false);
  }

  /// A mapping from names.
  static Shape named(Shape value) {
    return new MapOf(value, NAME, false);
  }

  static Shape words(String... allowed) {
    return new Leaf(LeafType.STRING, List.of(allowed));
  }

  static Shape integer(long least, long most) {
    return new Leaf(LeafType.INTEGER, new Range(least, most));
  }

  static Shape listOrMap(LeafType type) {
    return oneOf(STRINGS, new MapOf(new Leaf(type), NOT_EMPTY, false));
  }
}
