package jcompose.cli.output;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// Times as Go prints them: `2026-11-24 19:51:20.577542081 +0000 UTC`.
public final class GoTime {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx", Locale.ROOT);
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

  private GoTime() {}

  /// A time of RFC 3339 in its own offset; anything else as it is.
  public static String of(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      String offset = OFFSET.format(time);
      String zone = time.getOffset().getTotalSeconds() == 0 ? "UTC" : offset;
      return SECONDS.format(time) + fraction(time.getNano()) + " " + offset + " " + zone;
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  /// Seconds since 1970, as a zone has them.
  public static String of(long seconds, ZoneId zone) {
    ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(zone);
    String name = time.getOffset().getTotalSeconds() == 0 ? "UTC" : ZONE.format(time);
    return SECONDS.format(time) + " " + OFFSET.format(time) + " " + name;
  }

  private static String fraction(int nanos) {
    return nanos == 0 ? "" : ("." + "%09d".formatted(nanos)).replaceFirst("0+$", "");
  }
}
