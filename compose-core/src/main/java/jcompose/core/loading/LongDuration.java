package jcompose.core.loading;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations that may count days and weeks, as in `every_2w3d`.
final class LongDuration {
  private static final Pattern DAYS = Pattern.compile("(?:(\\d{1,6})w)?(?:(\\d{1,6})d)?(.*)");

  private LongDuration() {}

  static Optional<Duration> parse(String text) {
    Matcher match = DAYS.matcher(text);
    if (text.isEmpty() || !match.matches()) {
      return Optional.empty();
    }
    long days = 7 * number(match.group(1)) + number(match.group(2));
    String rest = match.group(3);
    if (rest.isEmpty()) {
      return Optional.of(Duration.ofDays(days));
    }
    return GoText.duration(rest)
        .<Optional<Duration>>fold(
            _ -> Optional.empty(),
            it -> Optional.of(Duration.ofDays(days).plusNanos(it.longValueExact())));
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
