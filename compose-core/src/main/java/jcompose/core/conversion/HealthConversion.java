package jcompose.core.conversion;

import java.util.List;
import jcompose.core.model.Healthcheck;
import jcompose.core.resource.HealthCheck;

/// How a container's health is found out.
final class HealthConversion {
  private HealthConversion() {}

  static HealthCheck check(Healthcheck health) {
    return new HealthCheck(
        health.disable() ? List.of("NONE") : health.test(),
        health.interval(),
        health.timeout(),
        health.retries(),
        health.startPeriod(),
        health.startInterval());
  }
}
