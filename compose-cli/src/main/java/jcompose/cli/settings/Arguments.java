package jcompose.cli.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values that several commands read.
public final class Arguments {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+(?:\\.\\d+)?)s)?");

  private Arguments() {}

  /// A number of lines, or `all`.
  public static Optional<Integer> tail(String text) {
    if (text.equals("all")) {
      return Optional.empty();
    }
    try {
      int lines = Integer.parseInt(text);
      return lines < 0 ? Optional.empty() : Optional.of(lines);
    } catch (NumberFormatException e) {
      throw new UsageError("invalid value for --tail: \"" + text + "\": use a number or all");
    }
  }

  /// A moment: RFC 3339, its beginning, seconds since 1970, or a time before now such as `1h30m`.
  public static Instant time(String text, Instant now) {
    if (text.matches("\\d+(\\.\\d+)?")) {
      return Instant.EPOCH.plusNanos((long) (Double.parseDouble(text) * 1e9));
    }
    Matcher ago = DURATION.matcher(text);
    if (!text.isEmpty() && ago.matches()) {
      return now.minus(
          Duration.ofHours(number(ago.group(1)))
              .plusMinutes(number(ago.group(2)))
              .plusMillis(
                  ago.group(3) == null ? 0 : (long) (Double.parseDouble(ago.group(3)) * 1000)));
    }
    try {
      if (text.matches(".*T.*([Zz]|[+-]\\d\\d:?\\d\\d)")) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return (text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay())
          .atZone(ZoneId.systemDefault())
          .toInstant();
    } catch (DateTimeException e) {
      throw new UsageError(
          "invalid time \""
              + text
              + "\": write it as 2013-01-02T13:23:37Z, or as 42m for so long"
              + " ago");
    }
  }

  private static long number(@Nullable String text) {
    return text == null ? 0 : Long.parseLong(text);
  }
}
