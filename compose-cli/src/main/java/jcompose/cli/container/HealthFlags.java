package jcompose.cli.container;

import java.util.List;
import java.util.Optional;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.HealthCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a container's health is checked.
final class HealthFlags {
  @Option(
      names = "--health-cmd",
      paramLabel = "string",
      description = "Command to run to check health")
  private @Nullable String command;

  @Option(
      names = "--health-interval",
      paramLabel = "duration",
      description = "Time between running the check (ms|s|m|h)")
  private @Nullable String interval;

  @Option(
      names = "--health-timeout",
      paramLabel = "duration",
      description = "Maximum time to allow one check to run (ms|s|m|h)")
  private @Nullable String timeout;

  @Option(
      names = "--health-retries",
      paramLabel = "int",
      description = "Consecutive failures needed to report unhealthy")
  private @Nullable Integer retries;

  @Option(
      names = "--health-start-period",
      paramLabel = "duration",
      description = "Start period for the container to initialize before counting failures")
  private @Nullable String startPeriod;

  @Option(
      names = "--health-start-interval",
      paramLabel = "duration",
      description = "Time between running the check during the start period (ms|s|m|h)")
  private @Nullable String startInterval;

  @Option(names = "--no-healthcheck", description = "Disable any container-specified HEALTHCHECK")
  private boolean none;

  /// Absent when no flag was given.
  Optional<HealthCheck> check() {
    boolean given =
        command != null
            || interval != null
            || timeout != null
            || retries != null
            || startPeriod != null
            || startInterval != null;
    if (none) {
      if (given) {
        throw new UsageError("--no-healthcheck conflicts with --health-* options");
      }
      return Optional.of(check(List.of("NONE")));
    }
    if (retries != null && retries < 0) {
      throw new UsageError("--health-retries cannot be negative");
    }
    return given
        ? Optional.of(check(command == null ? List.of() : List.of("CMD-SHELL", command)))
        : Optional.empty();
  }

  private HealthCheck check(List<String> test) {
    return new HealthCheck(
        test,
        Values.duration("--health-interval", interval),
        Values.duration("--health-timeout", timeout),
        Optional.ofNullable(retries),
        Values.duration("--health-start-period", startPeriod),
        Values.duration("--health-start-interval", startInterval));
  }
}
