package jcompose.core.loading;

import java.util.EnumSet;
import java.util.Set;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlScalar.Kind;

/// Types of single values: what may be written, by the kind YAML gives it.
enum LeafType {
  STRING("a string", EnumSet.of(Kind.STRING)),
  /// Printed as a string.
  STRING_OR_NUMBER("a string or a number", EnumSet.of(Kind.STRING, Kind.INTEGER, Kind.FLOAT)),
  STRING_OR_INTEGER("a string or an integer", EnumSet.of(Kind.STRING, Kind.INTEGER)),
  /// A value of a mapping of strings; printed as a string, nothing as an empty one.
  TEXT(
      "a single value",
      EnumSet.of(Kind.STRING, Kind.INTEGER, Kind.FLOAT, Kind.BOOLEAN, Kind.NULL, Kind.TIMESTAMP)),
  /// The same, where nothing stays nothing.
  TEXT_OR_NOTHING(
      "a single value",
      EnumSet.of(Kind.STRING, Kind.INTEGER, Kind.FLOAT, Kind.BOOLEAN, Kind.NULL, Kind.TIMESTAMP)),
  /// The path of a key for ssh, or nothing for the default agent.
  SSH_KEY("a path", EnumSet.of(Kind.STRING, Kind.INTEGER, Kind.NULL)),
  /// A value of a logging driver's options; printed as a string.
  LOG_OPTION(
      "a string, a number or nothing",
      EnumSet.of(Kind.STRING, Kind.INTEGER, Kind.FLOAT, Kind.NULL, Kind.TIMESTAMP)),
  STORAGE_OPTION(
      "a string, an integer or nothing", EnumSet.of(Kind.STRING, Kind.INTEGER, Kind.NULL)),
  BOOLEAN("true or false", EnumSet.of(Kind.BOOLEAN, Kind.STRING)),
  INTEGER("an integer", EnumSet.of(Kind.INTEGER, Kind.STRING)),
  STRICT_INTEGER("an integer", EnumSet.of(Kind.INTEGER)),
  /// A number of which only the whole part counts.
  WHOLE("a number", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  STRICT_WHOLE("a number", EnumSet.of(Kind.INTEGER, Kind.FLOAT)),
  /// The same; a string may stand there until variables are replaced, and is none afterwards.
  NATIVE_NUMBER("a number", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  NUMBER("a number", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  /// Printed as a string of decimal digits.
  BYTES("a size such as 64m", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  WHOLE_BYTES("a size such as 64m", EnumSet.of(Kind.INTEGER, Kind.STRING)),
  SIZE("a size such as 64m, as a string", EnumSet.of(Kind.STRING)),
  DURATION("a duration such as 1m30s", EnumSet.of(Kind.STRING)),
  /// Microseconds, or a duration.
  MICROSECONDS("microseconds or a duration", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  /// Permission bits.
  MODE("permissions such as 0444", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  /// A number, or `all`, printed as -1.
  COUNT("a number or \"all\"", EnumSet.of(Kind.INTEGER, Kind.STRING)),
  BOOLEAN_OR_STRING("a boolean or a string", EnumSet.of(Kind.BOOLEAN, Kind.STRING));

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private static final Set<LeafType> WHOLE_TYPES = EnumSet.of(INTEGER, STRICT_INTEGER, WHOLE_BYTES);

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final Set<Kind> kinds;

  LeafType(String words, Set<Kind> kinds) {
    this.words = words;
    this.kinds = kinds;
  }

  /// Whether what is written is a number that must be in a range.
  boolean isInteger() {
    return switch (this) {
      case INTEGER,
          STRICT_INTEGER,
          WHOLE,
          STRICT_WHOLE,
          NATIVE_NUMBER,
          BYTES,
          WHOLE_BYTES,
          MODE,
          COUNT ->
          true;
      default -> false;
    };
  }

  /// `1.0` is an integer too.
  boolean accepts(YamlScalar scalar) {
    return kinds.contains(scalar.kind())
        || (scalar.kind() == Kind.FLOAT && WHOLE_TYPES.contains(this) && isWhole(scalar.text()));
  }

  private static boolean isWhole(String text) {
    return GoText.number(text).map(it -> !it.contains(".")).orElse(false);
  }

  /// For messages: `must be …`.
  String words() {
    return words;
  }
}
