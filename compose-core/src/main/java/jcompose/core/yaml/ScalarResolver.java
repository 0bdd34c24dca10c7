package jcompose.core.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.core.yaml.YamlScalar.Kind;

/// Decides what an unquoted word means, as the YAML library of compose-go does: the core schema of
/// YAML 1.2 with the octal, binary and underscored numbers and the dates of YAML 1.1, but not its
/// `yes` and `on`.
final class ScalarResolver {
  private ScalarResolver() {}

  /// What a word is.
  record Resolved(Kind kind, String text) {}

  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]+)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:"
              + "[Tt](\\d{1,2}):(\\d{1,2}):(\\d{1,2})(\\.\\d{1,9})?(Z|[-+]\\d{2}:\\d{2})"
              + "| (\\d{1,2}):(\\d{1,2}):(\\d{1,2})(\\.\\d{1,9})?)?");
  private static final DateTimeFormatter GO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  static Resolved plain(String word) {
    switch (word) {
      case "", "~", "null", "Null", "NULL" -> {
        return new Resolved(Kind.NULL, "");
      }
      case "true", "True", "TRUE" -> {
        return new Resolved(Kind.BOOLEAN, "true");
      }
      case "false", "False", "FALSE" -> {
        return new Resolved(Kind.BOOLEAN, "false");
      }
      case ".nan", ".NaN", ".NAN" -> {
        return new Resolved(Kind.FLOAT, "NaN");
      }
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> {
        return new Resolved(Kind.FLOAT, "+Inf");
      }
      case "-.inf", "-.Inf", "-.INF" -> {
        return new Resolved(Kind.FLOAT, "-Inf");
      }
      default -> {}
    }
    char first = word.charAt(0);
    if (!(first >= '0' && first <= '9') && first != '-' && first != '+' && first != '.') {
      return new Resolved(Kind.STRING, word);
    }
    return timestamp(word).or(() -> number(word)).orElseGet(() -> new Resolved(Kind.STRING, word));
  }

  static Optional<Resolved> number(String word) {
    String digits = word.replace("_", "");
    Matcher integer = INTEGER.matcher(digits);
    if (integer.matches()) {
      Optional<BigInteger> value = integerValue(integer.group(2));
      if (value.isPresent()) {
        BigInteger signed = integer.group(1).equals("-") ? value.get().negate() : value.get();
        if (signed.bitLength() < 64 || (signed.signum() > 0 && signed.bitLength() <= 64)) {
          return Optional.of(new Resolved(Kind.INTEGER, signed.toString()));
        }
      }
    }
    if (FLOAT.matcher(digits).matches() && !Double.isInfinite(Double.parseDouble(digits))) {
      return Optional.of(new Resolved(Kind.FLOAT, goFloat(Double.parseDouble(digits))));
    }
    return Optional.empty();
  }

  private static Optional<BigInteger> integerValue(String word) {
    if (word.length() > 1 && word.charAt(0) == '0') {
      return switch (word.charAt(1)) {
        case 'x', 'X' -> Optional.of(new BigInteger(word.substring(2), 16));
        case 'o', 'O' -> Optional.of(new BigInteger(word.substring(2), 8));
        case 'b', 'B' -> Optional.of(new BigInteger(word.substring(2), 2));
        default ->
            word.chars().allMatch(it -> it < '8')
                ? Optional.of(new BigInteger(word, 8))
                : Optional.empty();
      };
    }
    return Optional.of(new BigInteger(word));
  }

  /// A float as Go writes it to JSON: the shortest digits, an exponent from 1e+21 on and below
  /// 1e-04.
  static String goFloat(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return shown(new BigDecimal(Double.toString(value)).stripTrailingZeros(), 21);
  }

  /// A finite number with an exponent from 1e-05 down, and up from the one given.
  static String shown(BigDecimal shortest, int largest) {
    if (shortest.signum() == 0) {
      return "0";
    }
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < largest) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = shortest.signum() < 0 ? "-" : "";
    int size = Math.abs(exponent);
    return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
  }

  private static Optional<Resolved> timestamp(String word) {
    Matcher match = TIMESTAMP.matcher(word);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      int clock = match.group(4) != null ? 4 : 9;
      LocalDateTime time =
          LocalDateTime.of(
              number(match, 1),
              number(match, 2),
              number(match, 3),
              number(match, clock),
              number(match, clock + 1),
              number(match, clock + 2));
      String fraction = match.group(clock + 3);
      String digits = fraction == null ? "" : fraction.replaceAll("\\.?0+$", "");
      String zone = match.group(8);
      String offset =
          zone == null || zone.equals("Z") ? "+0000" : ZoneOffset.of(zone).getId().replace(":", "");
      boolean utc = offset.equals("+0000") || offset.equals("Z");
      return Optional.of(
          new Resolved(
              Kind.TIMESTAMP,
              time.format(GO_TIME) + digits + (utc ? " +0000 UTC" : " " + offset + " " + offset)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static int number(Matcher match, int group) {
    String digits = match.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
