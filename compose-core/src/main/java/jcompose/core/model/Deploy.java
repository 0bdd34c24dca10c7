package jcompose.core.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// How a service is deployed.
///
/// @param mode `replicated` or `global`
/// @param endpointMode `vip` or `dnsrr`
/// @param labels of the service, not of its containers
public record Deploy(
    Optional<String> mode,
    Optional<Integer> replicas,
    Optional<String> endpointMode,
    SequencedMap<String, String> labels,
    Optional<Resources> limits,
    Optional<Resources> reservations,
    Optional<RestartRule> restartPolicy,
    Optional<UpdateRule> updateConfig,
    Optional<UpdateRule> rollbackConfig,
    Optional<Placement> placement) {

  public Deploy {
    labels = Copies.ordered(labels);
  }

  /// Limits, or what is reserved.
  ///
  /// @param memory bytes
  public record Resources(
      Optional<BigDecimal> cpus,
      Optional<Long> memory,
      Optional<Long> pids,
      List<DeviceRequest> devices,
      List<GenericResource> genericResources) {
    public Resources {
      devices = List.copyOf(devices);
      genericResources = List.copyOf(genericResources);
    }
  }

  /// A countable thing of a node.
  public record GenericResource(String kind, long value) {}

  /// When an ended container is started again.
  ///
  /// @param condition `none`, `on-failure` or `any`
  public record RestartRule(
      Optional<String> condition,
      Optional<Duration> delay,
      Optional<Integer> maxAttempts,
      Optional<Duration> window) {}

  /// How replicas are replaced.
  ///
  /// @param failureAction `continue`, `rollback` or `pause`
  /// @param order `start-first` or `stop-first`
  public record UpdateRule(
      Optional<Integer> parallelism,
      Optional<Duration> delay,
      Optional<String> failureAction,
      Optional<Duration> monitor,
      Optional<BigDecimal> maxFailureRatio,
      Optional<String> order) {}

  /// Which nodes a swarm would choose.
  public record Placement(
      List<String> constraints, List<String> spread, Optional<Integer> maxReplicasPerNode) {
    public Placement {
      constraints = List.copyOf(constraints);
      spread = List.copyOf(spread);
    }
  }
}
