package jcompose.cli.output;

import java.time.Duration;

/// Durations as docker tells them: `2 minutes`, `About an hour`.
public final class Ages {
  private Ages() {}

  public static String human(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    long minutes = age.toMinutes();
    long hours = Math.round(age.toMinutes() / 60.0);
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds == 1) {
      return "1 second";
    }
    if (seconds < 60) {
      return seconds + " seconds";
    }
    if (minutes == 1) {
      return "About a minute";
    }
    if (minutes < 60) {
      return minutes + " minutes";
    }
    if (hours == 1) {
      return "About an hour";
    }
    if (hours < 48) {
      return hours + " hours";
    }
    if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    }
    if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    }
    if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return hours / 24 / 365 + " years";
  }
}
