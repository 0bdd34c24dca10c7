package jcompose.core.resource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How an engine finds out whether a running container is well.
///
/// @param test `[NONE]`, `[CMD, word…]` or `[CMD-SHELL, line]`; empty keeps the image's
public record HealthCheck(
    List<String> test,
    Optional<Duration> interval,
    Optional<Duration> timeout,
    Optional<Integer> retries,
    Optional<Duration> startPeriod,
    Optional<Duration> startInterval) {
  public HealthCheck {
    test = List.copyOf(test);
  }
}
