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
  BOOLEAN("true or false", EnumSet.of(Kind.BOOLEAN, Kind.STRING)),
  INTEGER("an integer", EnumSet.of(Kind.INTEGER, Kind.STRING)),
  NUMBER("a number", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  STRICT_INTEGER("an integer", EnumSet.of(Kind.INTEGER)),
  STRICT_NUMBER("a number", EnumSet.of(Kind.INTEGER, Kind.FLOAT)),
  /// Printed as a string of decimal digits.
  BYTES("a size such as 64m", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  DURATION("a duration such as 1m30s", EnumSet.of(Kind.STRING)),
  /// Microseconds, or a duration.
  MICROSECONDS("microseconds or a duration", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  /// Permission bits.
  MODE("permissions such as 0444", EnumSet.of(Kind.INTEGER, Kind.FLOAT, Kind.STRING)),
  /// A number, or `all`, printed as -1.
  COUNT("a number or \"all\"", EnumSet.of(Kind.INTEGER, Kind.STRING)),
  BOOLEAN_OR_STRING("a boolean or a string", EnumSet.of(Kind.BOOLEAN, Kind.STRING));

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final Set<Kind> kinds;

  LeafType(String words, Set<Kind> kinds) {
    this.words = words;
    this.kinds = kinds;
  }

  boolean accepts(YamlScalar scalar) {
    return kinds.contains(scalar.kind());
  }

  /// For messages: `must be …`.
  String words() {
    return words;
  }
}
