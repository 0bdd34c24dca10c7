package jcompose.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a service's health is found out.
///
/// @param test `[NONE]`, `[CMD, word…]` or `[CMD-SHELL, line]`; empty keeps the image's
/// @param disable the same as `[NONE]`
public record Healthcheck(
    List<String> test,
    boolean disable,
    Optional<Duration> interval,
    Optional<Duration> timeout,
    Optional<Integer> retries,
    Optional<Duration> startPeriod,
    Optional<Duration> startInterval) {
  public Healthcheck {
    test = List.copyOf(test);
  }
}
