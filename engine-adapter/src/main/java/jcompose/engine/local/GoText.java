package jcompose.engine.local;

import java.time.Duration;

/// Texts as Go prints them, where clients see them.
final class GoText {
  private GoText() {}

  /// `1m30s`, `500ms`, `0s`.
  static String duration(Duration value) {
    long nanos = value.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000_000_000) {
      if (nanos % 1_000_000 == 0) {
        return nanos / 1_000_000 + "ms";
      }
      return nanos % 1000 == 0 ? nanos / 1000 + "µs" : nanos + "ns";
    }
    var text = new StringBuilder();
    long hours = value.toHours();
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (value.toMinutes() > 0) {
      text.append(value.toMinutesPart()).append('m');
    }
    text.append(value.toSecondsPart());
    if (value.toNanosPart() > 0) {
      String fraction = "%09d".formatted(value.toNanosPart()).replaceFirst("0+$", "");
      text.append('.').append(fraction);
    }
    return text.append('s').toString();
  }
}
