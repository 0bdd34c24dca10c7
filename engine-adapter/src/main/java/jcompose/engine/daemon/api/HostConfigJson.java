package jcompose.engine.daemon.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.LogConfig;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.PortBinding;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.ResourceLimits.Throttle;
import jcompose.engine.local.ContainerRecord;
import org.jspecify.annotations.Nullable;

/// `HostConfig` of a container, with null, `[]` and `{}` where dockerd has them.
final class HostConfigJson {
  private static final List<String> MASKED =
      List.of(
          "/proc/asound",
          "/proc/acpi",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");
  private static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");
  private static final long SHM_BYTES = 64L << 20;

  private HostConfigJson() {}

  static Map<String, Object> of(ContainerRecord record) {
    var spec = record.spec();
    var options = record.options();
    IsolationSpec isolation = spec.isolation();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Binds", orNull(options.binds()));
    json.put("ContainerIDFile", "");
    LogConfig log = spec.logging().orElse(new LogConfig("json-file", Map.of()));
    json.put("LogConfig", ordered("Type", log.driver(), "Config", log.options()));
    json.put("NetworkMode", ContainerJson.networkMode(record));
    json.put("PortBindings", portBindings(spec.ports()));
    json.put(
        "RestartPolicy",
        ordered(
            "Name",
            spec.restart().mode().word(),
            "MaximumRetryCount",
            spec.restart().maximumRetries()));
    json.put("AutoRemove", spec.removeWhenExited());
    json.put("VolumeDriver", "");
    json.put("VolumesFrom", orNull(isolation.volumesFrom()));
    json.put("ConsoleSize", options.consoleSize());
    if (!options.annotations().isEmpty()) {
      json.put("Annotations", options.annotations());
    }
    json.put("CapAdd", orNull(isolation.capAdd()));
    json.put("CapDrop", orNull(isolation.capDrop()));
    json.put(
        "CgroupnsMode",
        isolation
            .cgroupnsMode()
            .orElse(HostInfo.CGROUP_2 && !isolation.privileged() ? "private" : "host"));
    json.put("Dns", spec.names().servers());
    json.put("DnsOptions", spec.names().options());
    json.put("DnsSearch", spec.names().search());
    json.put("ExtraHosts", orNull(spec.names().extraHosts()));
    json.put("GroupAdd", orNull(isolation.groupAdd()));
    json.put("IpcMode", isolation.ipcMode().orElse("private"));
    json.put("Cgroup", "");
    json.put("Links", orNull(options.links()));
    json.put("OomScoreAdj", isolation.oomScoreAdjust().orElse(0));
    json.put("PidMode", isolation.pidMode().orElse(""));
    json.put("Privileged", isolation.privileged());
    json.put("PublishAllPorts", options.publishAllPorts());
    json.put("ReadonlyRootfs", isolation.readOnlyRoot());
    json.put("SecurityOpt", orNull(isolation.securityOptions()));
    if (!isolation.storageOptions().isEmpty()) {
      json.put("StorageOpt", isolation.storageOptions());
    }
    if (!isolation.tmpfs().isEmpty()) {
      json.put("Tmpfs", isolation.tmpfs());
    }
    json.put("UTSMode", isolation.utsMode().orElse(""));
    json.put("UsernsMode", isolation.usernsMode().orElse(""));
    json.put("ShmSize", isolation.shmSizeBytes().orElse(SHM_BYTES));
    if (!isolation.sysctls().isEmpty()) {
      json.put("Sysctls", isolation.sysctls());
    }
    json.put("Runtime", isolation.runtime().orElse("jcompose-monitor"));
    json.put("Isolation", "");
    limits(json, spec.limits(), isolation);
    List<Map<String, Object>> mounts = mounts(spec.mounts(), options.binds());
    if (!mounts.isEmpty()) {
      json.put("Mounts", mounts);
    }
    json.put("MaskedPaths", isolation.maskedPaths().orElse(isolation.privileged() ? null : MASKED));
    json.put(
        "ReadonlyPaths",
        isolation.readOnlyPaths().orElse(isolation.privileged() ? null : READ_ONLY));
    isolation.init().ifPresent(it -> json.put("Init", it));
    return json;
  }

  private static void limits(
      Map<String, Object> json, ResourceLimits limits, IsolationSpec isolation) {
    json.put("CpuShares", limits.cpuWeights().orElse(0));
    json.put("Memory", limits.memoryBytes().orElse(0L));
    json.put("NanoCpus", limits.nanoCpus().orElse(0L));
    json.put("CgroupParent", isolation.cgroupParent().orElse(""));
    json.put("BlkioWeight", limits.blkioWeight().orElse(0));
    json.put("BlkioWeightDevice", devices(limits, Throttle.WEIGHT, "Weight"));
    json.put("BlkioDeviceReadBps", devices(limits, Throttle.READ_BYTES_PER_SECOND, "Rate"));
    json.put("BlkioDeviceWriteBps", devices(limits, Throttle.WRITE_BYTES_PER_SECOND, "Rate"));
    json.put("BlkioDeviceReadIOps", devices(limits, Throttle.READ_OPERATIONS_PER_SECOND, "Rate"));
    json.put("BlkioDeviceWriteIOps", devices(limits, Throttle.WRITE_OPERATIONS_PER_SECOND, "Rate"));
    json.put("CpuPeriod", limits.cpuPeriodMicros().orElse(0L));
    json.put("CpuQuota", limits.cpuQuotaMicros().orElse(0L));
    json.put("CpuRealtimePeriod", limits.cpuRealtimePeriodMicros().orElse(0L));
    json.put("CpuRealtimeRuntime", limits.cpuRealtimeRuntimeMicros().orElse(0L));
    json.put("CpusetCpus", limits.cpusetCpus().orElse(""));
    json.put("CpusetMems", limits.cpusetMems().orElse(""));
    json.put("Devices", isolation.devices().stream().map(HostConfigJson::device).toList());
    json.put("DeviceCgroupRules", orNull(isolation.deviceCgroupRules()));
    json.put("DeviceRequests", null);
    json.put("MemoryReservation", limits.memoryReservationBytes().orElse(0L));
    json.put("MemorySwap", limits.memoryAndSwapBytes().orElse(0L));
    json.put("MemorySwappiness", limits.memorySwappiness().orElse(null));
    json.put("OomKillDisable", limits.oomKillDisable().orElse(false));
    json.put("PidsLimit", limits.pids().orElse(null));
    json.put("Ulimits", isolation.ulimits().stream().map(HostConfigJson::ulimit).toList());
    json.put("CpuCount", 0);
    json.put("CpuPercent", 0);
    json.put("IOMaximumIOps", 0);
    json.put("IOMaximumBandwidth", 0);
  }

  private static List<Map<String, Object>> devices(
      ResourceLimits limits, Throttle throttle, String name) {
    return limits.blkioDeviceLimits().stream()
        .filter(it -> it.throttle() == throttle)
        .map(it -> ordered("Path", it.device(), name, it.value()))
        .toList();
  }

  private static Map<String, Object> device(String text) {
    String[] parts = text.split(":", -1);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("PathOnHost", parts[0]);
    json.put("PathInContainer", parts.length > 1 ? parts[1] : parts[0]);
    json.put("CgroupPermissions", parts.length > 2 ? parts[2] : "rwm");
    return json;
  }

  private static Map<String, Object> ulimit(String text) {
    String[] parts = text.split("[=:]", -1);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Name", parts[0]);
    json.put("Hard", Long.parseLong(parts[parts.length - 1]));
    json.put("Soft", Long.parseLong(parts[1]));
    return json;
  }

  private static Map<String, Object> portBindings(List<PortBinding> ports) {
    Map<String, List<Map<String, String>>> bindings = new LinkedHashMap<>();
    for (PortBinding port : ports) {
      bindings
          .computeIfAbsent(port.containerPort().toString(), _ -> new ArrayList<>())
          .add(hostPort(port.hostAddress().orElse(""), port.hostPorts().orElse("")));
    }
    return new LinkedHashMap<>(bindings);
  }

  static Map<String, String> hostPort(String address, String port) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("HostIp", address);
    json.put("HostPort", port);
    return json;
  }

  private static List<Map<String, Object>> mounts(List<MountSpec> mounts, List<String> binds) {
    return mounts.stream()
        .filter(it -> binds.stream().noneMatch(bind -> isFor(bind, it.target())))
        .flatMap(it -> mount(it).stream())
        .toList();
  }

  private static boolean isFor(String bind, String target) {
    return bind.equals(target) || bind.endsWith(":" + target) || bind.contains(":" + target + ":");
  }

  private static Optional<Map<String, Object>> mount(MountSpec mount) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (mount) {
      case MountSpec.Bind bind -> {
        json.put("Type", "bind");
        json.put("Source", bind.source());
        json.put("Target", bind.target());
        bind.propagation().ifPresent(it -> json.put("BindOptions", Map.of("Propagation", it)));
      }
      case MountSpec.Volume volume -> {
        if (volume.name().isEmpty()) {
          return Optional.empty(); // shown in Config.Volumes
        }
        json.put("Type", "volume");
        json.put("Source", volume.name().get());
        json.put("Target", volume.target());
        json.put("VolumeOptions", volumeOptions(volume));
      }
      case MountSpec.Tmpfs tmpfs -> {
        json.put("Type", "tmpfs");
        json.put("Target", tmpfs.target());
        Map<String, Object> options = new LinkedHashMap<>();
        tmpfs.sizeBytes().ifPresent(it -> options.put("SizeBytes", it));
        tmpfs.mode().ifPresent(it -> options.put("Mode", it));
        json.put("TmpfsOptions", options);
      }
      case MountSpec.Image image -> {
        json.put("Type", "image");
        json.put("Source", image.image());
        json.put("Target", image.target());
        image.subpath().ifPresent(it -> json.put("ImageOptions", Map.of("Subpath", it)));
      }
      case MountSpec.Content _ -> {
        return Optional.empty(); // clients know no such type, and its content is nobody's business
      }
      case MountSpec.Other other -> {
        json.put("Type", other.type());
        json.put("Target", other.target());
      }
    }
    if (mount.readOnly()) {
      json.put("ReadOnly", true);
    }
    return Optional.of(json);
  }

  private static Map<String, Object> volumeOptions(MountSpec.Volume volume) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (!volume.copyUp()) {
      options.put("NoCopy", true);
    }
    if (!volume.labels().isEmpty()) {
      options.put("Labels", volume.labels());
    }
    volume.subpath().ifPresent(it -> options.put("Subpath", it));
    return options;
  }

  private static Map<String, Object> ordered(
      String first, Object one, String second, Object other) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(first, one);
    json.put(second, other);
    return json;
  }

  private static @Nullable List<String> orNull(List<String> list) {
    return list.isEmpty() ? null : list;
  }
}
