package jcompose.core.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container looked at closely.
///
/// @param exitCode of the last run, absent while it runs for the first time or never ran
/// @param error why the last start failed, in the engine's words
/// @param startedAt start of the last run
/// @param healthLog last results of the health check, oldest first
/// @param addresses network name to address in it
/// @param tty whether its output is one raw stream
public record ContainerDetails(
    ContainerId id,
    ContainerName name,
    ImageId imageId,
    ContainerState state,
    HealthState health,
    Optional<ExitCode> exitCode,
    boolean oomKilled,
    Optional<String> error,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    List<HealthResult> healthLog,
    Map<String, String> labels,
    Map<String, String> addresses,
    boolean tty) {
  public ContainerDetails {
    healthLog = List.copyOf(healthLog);
    labels = Map.copyOf(labels);
    addresses = Map.copyOf(addresses);
  }

  /// One run of the health check.
  public record HealthResult(Instant start, Instant end, int exitCode, String output) {}
}
