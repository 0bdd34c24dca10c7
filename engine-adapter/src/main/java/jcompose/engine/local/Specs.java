package jcompose.engine.local;

import java.util.Map;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.RestartPolicy;

/// Changed copies of a spec.
final class Specs {
  private Specs() {}

  static ContainerSpec withNetworks(ContainerSpec spec, Map<String, EndpointSpec> networks) {
    return new ContainerSpec(
        spec.image(),
        spec.process(),
        spec.isolation(),
        spec.limits(),
        spec.mounts(),
        spec.ports(),
        spec.exposedPorts(),
        networks,
        spec.names(),
        spec.restart(),
        spec.healthCheck(),
        spec.logging(),
        spec.labels(),
        spec.stopSignal(),
        spec.stopTimeoutSeconds(),
        spec.removeWhenExited(),
        spec.platform());
  }

  static ContainerSpec withLimits(
      ContainerSpec spec, ResourceLimits limits, RestartPolicy restart) {
    return new ContainerSpec(
        spec.image(),
        spec.process(),
        spec.isolation(),
        limits,
        spec.mounts(),
        spec.ports(),
        spec.exposedPorts(),
        spec.networks(),
        spec.names(),
        restart,
        spec.healthCheck(),
        spec.logging(),
        spec.labels(),
        spec.stopSignal(),
        spec.stopTimeoutSeconds(),
        spec.removeWhenExited(),
        spec.platform());
  }

  /// The first with what the second gives.
  static ResourceLimits overlaid(ResourceLimits old, ResourceLimits given) {
    return new ResourceLimits(
        given.memoryBytes().or(old::memoryBytes),
        given.memoryReservationBytes().or(old::memoryReservationBytes),
        given.memorySwapBytes().or(old::memorySwapBytes),
        given.memorySwappiness().or(old::memorySwappiness),
        given.oomKillDisable().or(old::oomKillDisable),
        given.nanoCpus().or(old::nanoCpus),
        given.cpuPeriodMicros().or(old::cpuPeriodMicros),
        given.cpuQuotaMicros().or(old::cpuQuotaMicros),
        given.cpuRealtimePeriodMicros().or(old::cpuRealtimePeriodMicros),
        given.cpuRealtimeRuntimeMicros().or(old::cpuRealtimeRuntimeMicros),
        given.cpuWeights().or(old::cpuWeights),
        given.cpusetCpus().or(old::cpusetCpus),
        given.cpusetMems().or(old::cpusetMems),
        given.pids().or(old::pids),
        given.blkioWeight().or(old::blkioWeight),
        given.blkioDeviceLimits().isEmpty() ? old.blkioDeviceLimits() : given.blkioDeviceLimits());
  }
}
