package jcompose.engine.runtime;

import java.util.Optional;
import jcompose.core.resource.ResourceLimits;

/// Processor time a period, both in microseconds.
///
/// @param quota -1 for no limit
record Quota(long quota, long period) {
  private static final long PERIOD = 100_000;

  static Optional<Quota> of(ResourceLimits limits) {
    Optional<Long> nano = limits.nanoCpus().filter(cpus -> cpus > 0);
    if (nano.isPresent()) {
      return Optional.of(new Quota(nano.get() * PERIOD / 1_000_000_000, PERIOD));
    }
    Optional<Long> quota = limits.cpuQuotaMicros().filter(micros -> micros != 0);
    Optional<Long> period = limits.cpuPeriodMicros().filter(micros -> micros > 0);
    return quota.isEmpty() && period.isEmpty()
        ? Optional.empty()
        : Optional.of(new Quota(quota.orElse(-1L), period.orElse(PERIOD)));
  }
}
