package jcompose.engine.local;

import java.time.Duration;
import jcompose.core.resource.RestartPolicy;

/// When a container that ended is started again, as dockerd does it: after 100 ms, then twice as
/// long each time up to a minute; a run of ten seconds counts as success and begins anew.
final class RestartBackoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration GOOD_RUN = Duration.ofSeconds(10);

  private Duration next = FIRST;
  private int failures;

  /// @return how long to wait, or null to leave it stopped
  @org.jspecify.annotations.Nullable
  Duration afterExit(RestartPolicy policy, int exitCode, Duration ran, boolean stoppedByHand) {
    if (ran.compareTo(GOOD_RUN) >= 0) {
      reset();
    }
    boolean again =
        !stoppedByHand
            && switch (policy.mode()) {
              case NO -> false;
              case ALWAYS, UNLESS_STOPPED -> true;
              case ON_FAILURE ->
                  exitCode != 0
                      && (policy.maximumRetries() == 0 || failures < policy.maximumRetries());
            };
    if (!again) {
      return null;
    }
    failures++;
    Duration wait = next;
    next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    return wait;
  }

  void reset() {
    next = FIRST;
    failures = 0;
  }
}
