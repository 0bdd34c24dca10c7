package jcompose.engine.daemon.api;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.core.engine.EngineException;

/// Points in time as clients send them.
final class Times {
  private static final Pattern GO_PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");

  private Times() {}

  /// Seconds since the epoch with a fraction, RFC 3339, or a Go duration that lies back.
  ///
  /// @throws EngineException.Invalid when it is none of these
  static Instant parse(String text) {
    try {
      if (text.matches("-?[0-9]{1,12}(\\.[0-9]{1,9})?")) {
        var seconds = new BigDecimal(text);
        long whole = seconds.longValue();
        long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole, nanos);
      }
      if (text.contains("T")) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return Instant.now().minus(duration(text));
    } catch (DateTimeException e) {
      throw new EngineException.Invalid(
          "failed to parse value as time or duration: \"" + text + "\"");
    }
  }

  /// `1h30m`.
  private static Duration duration(String text) {
    Matcher part = GO_PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      end = part.end();
      long unit =
          switch (part.group(2)) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
          };
      sum =
          sum.plusNanos(
              new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)).longValue());
    }
    if (end == 0 || end != text.length()) {
      throw new DateTimeException("no duration");
    }
    return sum;
  }
}
