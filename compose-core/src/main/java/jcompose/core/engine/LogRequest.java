package jcompose.core.engine;

import java.time.Instant;
import java.util.Optional;

/// Which part of a container's log is wanted.
///
/// @param tail number of last lines; absent for all
/// @param timestamps puts an RFC 3339 time with nanoseconds and a blank before each line
public record LogRequest(
    boolean follow,
    Optional<Integer> tail,
    Optional<Instant> since,
    Optional<Instant> until,
    boolean timestamps) {
  public static final LogRequest ALL =
      new LogRequest(false, Optional.empty(), Optional.empty(), Optional.empty(), false);
}
