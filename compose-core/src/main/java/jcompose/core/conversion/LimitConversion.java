package jcompose.core.conversion;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.model.BlkioConfig;
import jcompose.core.model.Deploy;
import jcompose.core.model.Service;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.ResourceLimits.DeviceLimit;
import jcompose.core.resource.ResourceLimits.Throttle;

/// How much a container may use; `deploy.resources` wins over the service's own keys.
final class LimitConversion {
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000L);

  private LimitConversion() {}

  static ResourceLimits limits(Service service) {
    var own = service.limits();
    Optional<Deploy.Resources> limits = service.deploy().flatMap(Deploy::limits);
    Optional<Deploy.Resources> reserved = service.deploy().flatMap(Deploy::reservations);
    return new ResourceLimits(
        limits.flatMap(Deploy.Resources::memory).or(own::memLimit),
        reserved.flatMap(Deploy.Resources::memory).or(own::memReservation),
        own.memswapLimit(),
        own.memSwappiness().map(Math::toIntExact),
        own.oomKillDisable() ? Optional.of(true) : Optional.empty(),
        limits
            .flatMap(Deploy.Resources::cpus)
            .or(own::cpus)
            .map(it -> it.multiply(BILLION).longValue()),
        own.cpuPeriod(),
        own.cpuQuota(),
        own.cpuRtPeriod(),
        own.cpuRtRuntime(),
        own.cpuShares().map(Math::toIntExact),
        own.cpuset(),
        Optional.empty(),
        limits.flatMap(Deploy.Resources::pids).or(own::pidsLimit),
        own.blkio().flatMap(BlkioConfig::weight),
        own.blkio().map(LimitConversion::devices).orElse(List.of()));
  }

  private static List<DeviceLimit> devices(BlkioConfig blkio) {
    var limits = new ArrayList<DeviceLimit>();
    blkio
        .weightDevice()
        .forEach(it -> limits.add(new DeviceLimit(Throttle.WEIGHT, it.path(), it.weight())));
    add(limits, Throttle.READ_BYTES_PER_SECOND, blkio.deviceReadBps());
    add(limits, Throttle.WRITE_BYTES_PER_SECOND, blkio.deviceWriteBps());
    add(limits, Throttle.READ_OPERATIONS_PER_SECOND, blkio.deviceReadIops());
    add(limits, Throttle.WRITE_OPERATIONS_PER_SECOND, blkio.deviceWriteIops());
    return limits;
  }

  private static void add(
      List<DeviceLimit> limits, Throttle throttle, List<BlkioConfig.ThrottleDevice> devices) {
    devices.forEach(it -> limits.add(new DeviceLimit(throttle, it.path(), it.rate())));
  }
}
