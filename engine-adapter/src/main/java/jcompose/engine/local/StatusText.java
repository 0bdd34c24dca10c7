package jcompose.engine.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import jcompose.core.resource.HealthState;

/// A container's state for people, in Docker's words: `Up 3 minutes (healthy)`, `Exited (0) 2 hours
/// ago`.
final class StatusText {
  private StatusText() {}

  static String of(RunState state, Instant now) {
    return switch (state.status()) {
      case RUNNING -> "Up " + since(state.startedAt(), now) + health(state.health());
      case PAUSED -> "Up " + since(state.startedAt(), now) + " (Paused)";
      case RESTARTING ->
          "Restarting (" + state.exitCode() + ") " + since(state.finishedAt(), now) + " ago";
      case CREATED -> "Created";
      case REMOVING -> "Removal In Progress";
      case DEAD -> "Dead";
      case EXITED -> "Exited (" + state.exitCode() + ") " + since(state.finishedAt(), now) + " ago";
    };
  }

  private static String since(Instant then, Instant now) {
    return human(Duration.between(then, now));
  }

  private static String health(HealthState health) {
    return switch (health) {
      case NONE -> "";
      case STARTING -> " (health: starting)";
      case HEALTHY, UNHEALTHY -> " (" + health.name().toLowerCase(Locale.ROOT) + ")";
    };
  }

  /// A duration as `docker ps` rounds it.
  static String human(Duration duration) {
    long seconds = duration.toSeconds();
    long hours = Math.round(duration.toMillis() / 3_600_000.0);
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds == 1) {
      return "1 second";
    }
    if (seconds < 60) {
      return seconds + " seconds";
    }
    long minutes = duration.toMinutes();
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
    return duration.toHours() / 24 / 365 + " years";
  }
}
