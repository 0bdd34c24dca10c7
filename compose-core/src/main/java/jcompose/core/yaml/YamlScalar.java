package jcompose.core.yaml;

import java.math.BigDecimal;
import java.util.Optional;

/// A single value.
///
/// @param text the value in its canonical form: `31` for `0x1F`, `1.5` for `1.50`; empty for null
public record YamlScalar(Kind kind, String text, Origin origin, Directive directive)
    implements YamlNode {

  /// The types of the core schema, and dates.
  public enum Kind {
    NULL,
    BOOLEAN,
    INTEGER,
    FLOAT,
    STRING,
    TIMESTAMP
  }

  public static YamlScalar string(String text, Origin origin) {
    return new YamlScalar(Kind.STRING, text, origin, Directive.NONE);
  }

  public static YamlScalar integer(long value, Origin origin) {
    return new YamlScalar(Kind.INTEGER, Long.toString(value), origin, Directive.NONE);
  }

  public static YamlScalar bool(boolean value, Origin origin) {
    return new YamlScalar(Kind.BOOLEAN, Boolean.toString(value), origin, Directive.NONE);
  }

  public static YamlScalar nothing(Origin origin) {
    return new YamlScalar(Kind.NULL, "", origin, Directive.NONE);
  }

  @Override
  public YamlScalar withOrigin(Origin value) {
    return new YamlScalar(kind, text, value, directive);
  }

  public YamlScalar with(Kind otherKind, String otherText) {
    return otherKind == kind && otherText.equals(text)
        ? this
        : new YamlScalar(otherKind, otherText, origin, directive);
  }

  /// The text, if this is a string.
  public Optional<String> asString() {
    return kind == Kind.STRING ? Optional.of(text) : Optional.empty();
  }

  /// The text as it stands in YAML and in a mapping of strings: a number from 1e+06 on, or below
  /// 1e-04, has an exponent, as Go's `%v` prints it.
  public String shown() {
    return kind == Kind.FLOAT && Character.isDigit(text.charAt(text.length() - 1))
        ? ScalarResolver.shown(new BigDecimal(text).stripTrailingZeros(), 6)
        : text;
  }

  public boolean isTrue() {
    return kind == Kind.BOOLEAN && text.equals("true");
  }

  @Override
  public String kindInWords() {
    return switch (kind) {
      case NULL -> "nothing";
      case BOOLEAN -> "a boolean";
      case INTEGER -> "an integer";
      case FLOAT -> "a number";
      case STRING -> "a string";
      case TIMESTAMP -> "a date";
    };
  }
}
