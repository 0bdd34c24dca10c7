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
  private static final Pattern NEGATIVE = Pattern.compile("-[0-9]{1,18}");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kKmMgGtTpP]?)[iI]?[bB]?");

  private GoText() {}

  /// A decimal number in its shortest form.
  static Optional<String> number(String text) {
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

  static String plain(BigDecimal value) {
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
    BigDecimal sum = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length() && part.find(at) && part.start() == at) {
      sum =
          sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
      at = part.end();
    }
    if (rest.isEmpty() || at < rest.length()) {
      return Either.left(
          NUMBER.matcher(rest).matches() ? "missing unit in duration \"" + text + "\"" : problem);
    }
    BigInteger nanos = sum.toBigInteger();
    return nanos.bitLength() > 63
        ? Either.left(problem)
        : Either.right(negative ? nanos.negate() : nanos);
  }

  private static long unit(String word) {
    return switch (word) {
      case "ns" -> 1L;
      case "us", "µs", "μs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }

  /// Nanoseconds as Go prints a duration: `1m30s`, `1.5s`, `40µs`.
  static String duration(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    BigDecimal value = BigDecimal.valueOf(nanos).abs();
    if (value.compareTo(BigDecimal.valueOf(1_000)) < 0) {
      return sign + plain(value) + "ns";
    }
    if (value.compareTo(BigDecimal.valueOf(1_000_000)) < 0) {
      return sign + plain(value.movePointLeft(3)) + "µs";
    }
    if (value.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
      return sign + plain(value.movePointLeft(6)) + "ms";
    }
    BigDecimal minute = BigDecimal.valueOf(60_000_000_000L);
    BigDecimal[] split = value.divideAndRemainder(minute);
    String seconds = plain(split[1].movePointLeft(9)) + "s";
    long minutes = split[0].longValueExact();
    if (minutes == 0) {
      return sign + seconds;
    }
    return sign + (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
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
    BigInteger value =
        new BigDecimal(match.group(1))
            .multiply(
                new BigDecimal(BigInteger.TWO.pow(match.group(2).isEmpty() ? 0 : 10 * exponent)))
            .toBigInteger();
    return value.bitLength() > 63
        ? Either.left("invalid size: '" + text + "' is too large")
        : Either.right(value.longValueExact());
  }
}
