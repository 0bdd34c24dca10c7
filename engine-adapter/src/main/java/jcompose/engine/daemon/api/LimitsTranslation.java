package jcompose.engine.daemon.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.ResourceLimits.DeviceLimit;
import jcompose.core.resource.ResourceLimits.Throttle;
import org.jspecify.annotations.Nullable;

/// Reads the fields of `HostConfig` that the API calls Resources.
final class LimitsTranslation {
  private LimitsTranslation() {}

  static ResourceLimits limits(CreateBody.Host host) {
    List<DeviceLimit> devices = new ArrayList<>();
    if (host.blkioWeightDevice() != null) {
      for (var it : host.blkioWeightDevice()) {
        devices.add(limit(Throttle.WEIGHT, it.path(), it.weight()));
      }
    }
    add(devices, Throttle.READ_BYTES_PER_SECOND, host.blkioDeviceReadBps());
    add(devices, Throttle.WRITE_BYTES_PER_SECOND, host.blkioDeviceWriteBps());
    add(devices, Throttle.READ_OPERATIONS_PER_SECOND, host.blkioDeviceReadIops());
    add(devices, Throttle.WRITE_OPERATIONS_PER_SECOND, host.blkioDeviceWriteIops());
    return new ResourceLimits(
        Given.number(host.memory()),
        Given.number(host.memoryReservation()),
        Given.number(host.memorySwap()),
        Optional.ofNullable(host.memorySwappiness()).filter(it -> it >= 0),
        Optional.ofNullable(host.oomKillDisable()).filter(it -> it),
        Given.number(host.nanoCpus()),
        Given.number(host.cpuPeriod()),
        Given.number(host.cpuQuota()),
        Given.number(host.cpuRealtimePeriod()),
        Given.number(host.cpuRealtimeRuntime()),
        Given.number(host.cpuShares()),
        Given.text(host.cpusetCpus()),
        Given.text(host.cpusetMems()),
        Given.number(host.pidsLimit()),
        Given.number(host.blkioWeight()),
        devices);
  }

  private static void add(
      List<DeviceLimit> devices,
      Throttle throttle,
      @Nullable List<CreateBody.ThrottleDevice> asked) {
    if (asked != null) {
      asked.forEach(it -> devices.add(limit(throttle, it.path(), it.rate())));
    }
  }

  private static DeviceLimit limit(Throttle throttle, @Nullable String path, @Nullable Long rate) {
    return new DeviceLimit(throttle, path == null ? "" : path, rate == null ? 0 : rate);
  }

  static List<String> devices(CreateBody.Host host) {
    return host.devices() == null
        ? List.of()
        : host.devices().stream()
            .map(
                it ->
                    Given.text(it.pathOnHost()).orElse("")
                        + ":"
                        + Given.text(it.pathInContainer())
                            .or(() -> Given.text(it.pathOnHost()))
                            .orElse("")
                        + ":"
                        + Given.text(it.cgroupPermissions()).orElse("rwm"))
            .toList();
  }

  static List<IsolationSpec.DeviceRequest> deviceRequests(CreateBody.Host host) {
    return host.deviceRequests() == null
        ? List.of()
        : host.deviceRequests().stream()
            .map(
                it ->
                    new IsolationSpec.DeviceRequest(
                        Given.text(it.driver()).orElse(""),
                        it.count() == null ? 0 : it.count(),
                        Given.list(it.deviceIds()),
                        it.capabilities() == null ? List.of() : it.capabilities(),
                        Given.map(it.options())))
            .toList();
  }

  static List<String> ulimits(CreateBody.Host host) {
    return host.ulimits() == null
        ? List.of()
        : host.ulimits().stream()
            .map(
                it ->
                    it.name()
                        + "="
                        + (it.soft() == null ? 0 : it.soft())
                        + ":"
                        + (it.hard() == null ? 0 : it.hard()))
            .toList();
  }
}
