package jcompose.core.loading;

import io.vavr.control.Either;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts in the forms that compose files take from Go: durations, sizes, numbers.
public final class GoText {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?");
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final long MINUTE = 60_000_000_000L;
  private static final Pattern PLAIN_INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern NEGATIVE = Pattern.compile("-[0-9]{1,18}");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kKmMgGtTpP]?)[iI]?[bB]?");

  private GoText() {}

  /// A decimal number in its shortest form. Most numbers are whole ones in that form, and are
  /// spared `BigDecimal`, which computes large powers when its class is initialised: 10 ms of a
  /// short run.
  static Optional<String> number(String text) {
    if (PLAIN_INTEGER.matcher(text).matches()) {
      return Optional.of(text);
    }
    return NUMBER.matcher(text).matches()
        ? Optional.of(plain(new BigDecimal(text)))
        : Optional.empty();
  }

  /// The same as the nearest number of 32 bits, which is what docker compose keeps of one.
  static Optional<String> shortNumber(String text) {
    return number(text)
        .map(
            it -> {
              float nearest = Float.parseFloat(it);
              return Float.isInfinite(nearest)
                  ? it
                  : plain(new BigDecimal(Float.toString(nearest)));
            });
  }

  /// The whole part of a decimal number, which is where docker compose cuts one that must be an
  /// integer.
  static Optional<BigInteger> wholePart(String text) {
    return number(text)
        .map(
            it -> {
              int point = it.indexOf('.');
              return new BigInteger(point < 0 ? it : it.substring(0, point));
            });
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /// Nanoseconds of `1h5m30s20ms`; the left says what is wrong.
  public static Either<String, BigInteger> duration(String text) {
    String problem = "invalid duration \"" + text + "\"";
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Either.right(BigInteger.ZERO);
    }
    Matcher part = DURATION_PART.matcher(rest);
    BigInteger nanos = BigInteger.ZERO;
    int at = 0;
    while (at < rest.length() && part.find(at) && part.start() == at) {
      nanos = nanos.add(times(part.group(1), BigInteger.valueOf(unit(part.group(2)))));
      at = part.end();
    }
    if (rest.isEmpty() || at < rest.length()) {
      return Either.left(
          NUMBER.matcher(rest).matches() ? "missing unit in duration \"" + text + "\"" : problem);
    }
    return nanos.bitLength() > 63
        ? Either.left(problem)
        : Either.right(negative ? nanos.negate() : nanos);
  }

  /// How many whole ones `1.5` of a unit are.
  private static BigInteger times(String decimal, BigInteger unit) {
    int point = decimal.indexOf('.');
    String fraction = point < 0 ? "" : decimal.substring(point + 1);
    String whole = point < 0 ? decimal : decimal.substring(0, point);
    return new BigInteger(whole + fraction)
        .multiply(unit)
        .divide(BigInteger.TEN.pow(fraction.length()));
  }

  private static long unit(String word) {
    return switch (word) {
      case "ns" -> 1L;
      case "us", "µs", "μs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> MINUTE;
      default -> 3_600_000_000_000L;
    };
  }

  /// Nanoseconds as Go prints a duration: `1m30s`, `1.5s`, `40µs`.
  static String duration(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    long size = Math.abs(nanos); // the smallest long stays itself, and is right as an unsigned one
    if (Long.compareUnsigned(size, 1_000) < 0) {
      return sign + size + "ns";
    }
    if (Long.compareUnsigned(size, 1_000_000) < 0) {
      return sign + decimal(size, 1_000) + "µs";
    }
    if (Long.compareUnsigned(size, 1_000_000_000) < 0) {
      return sign + decimal(size, 1_000_000) + "ms";
    }
    String seconds = decimal(Long.remainderUnsigned(size, MINUTE), 1_000_000_000) + "s";
    long minutes = Long.divideUnsigned(size, MINUTE);
    if (minutes == 0) {
      return sign + seconds;
    }
    return sign + (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
  }

  /// How many of a unit, a power of ten, this many are.
  private static String decimal(long count, long unit) {
    long rest = count % unit;
    if (rest == 0) {
      return Long.toString(count / unit);
    }
    String fraction = Long.toString(unit + rest).substring(1);
    return count / unit + "." + fraction.replaceFirst("0+$", "");
  }

  /// Bytes of `64m`, `1.5g`, `10 mb`; units are powers of 1024. The left says what is wrong.
  public static Either<String, Long> bytes(String text) {
    if (NEGATIVE.matcher(text).matches()) {
      return Either.right(Long.valueOf(text)); // as it is printed, where -1 means no limit
    }
    Matcher match = SIZE.matcher(text);
    if (!match.matches()) {
      return Either.left("invalid size: '" + text + "', write a number and b, k, m, g, t or p");
    }
    int exponent = "kmgtp".indexOf(match.group(2).toLowerCase(Locale.ROOT)) + 1;
    BigInteger unit = BigInteger.TWO.pow(match.group(2).isEmpty() ? 0 : 10 * exponent);
    BigInteger value = times(match.group(1), unit);
    return value.bitLength() > 63
        ? Either.left("invalid size: '" + text + "' is too large")
        : Either.right(value.longValueExact());
  }
}
