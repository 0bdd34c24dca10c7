package jcompose.engine.daemon.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `POST /containers/create`. A missing field is null.
record CreateBody(
    @Nullable String hostname,
    @Nullable String domainname,
    @Nullable String user,
    @Nullable Boolean attachStdin,
    @Nullable Boolean attachStdout,
    @Nullable Boolean attachStderr,
    @Nullable Map<String, @Nullable JsonNode> exposedPorts,
    @Nullable Boolean tty,
    @Nullable Boolean openStdin,
    @Nullable Boolean stdinOnce,
    @Nullable List<String> env,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> cmd,
    @Nullable Health healthcheck,
    @Nullable String image,
    @Nullable Map<String, @Nullable JsonNode> volumes,
    @Nullable String workingDir,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable List<String> entrypoint,
    @Nullable Boolean networkDisabled,
    @Nullable String macAddress,
    @Nullable Map<String, @Nullable String> labels,
    @Nullable String stopSignal,
    @Nullable Integer stopTimeout,
    @Nullable Host hostConfig,
    @Nullable Networking networkingConfig) {

  /// Durations in nanoseconds.
  record Health(
      @Nullable List<String> test,
      @Nullable Long interval,
      @Nullable Long timeout,
      @Nullable Integer retries,
      @Nullable Long startPeriod,
      @Nullable Long startInterval) {}

  record Networking(@Nullable Map<String, @Nullable EndpointBody> endpointsConfig) {}

  record Log(@Nullable String type, @Nullable Map<String, String> config) {}

  record Restart(@Nullable String name, @Nullable Integer maximumRetryCount) {}

  record HostPort(@Nullable String hostIp, @Nullable String hostPort) {}

  record Device(
      @Nullable String pathOnHost,
      @Nullable String pathInContainer,
      @Nullable String cgroupPermissions) {}

  record DeviceRequest(
      @Nullable String driver,
      @Nullable Integer count,
      @JsonProperty("DeviceIDs") @Nullable List<String> deviceIds,
      @Nullable List<List<String>> capabilities,
      @Nullable Map<String, String> options) {}

  record Ulimit(@Nullable String name, @Nullable Long soft, @Nullable Long hard) {}

  record WeightDevice(@Nullable String path, @Nullable Long weight) {}

  record ThrottleDevice(@Nullable String path, @Nullable Long rate) {}

  record BindOptions(
      @Nullable String propagation,
      @Nullable Boolean nonRecursive,
      @Nullable Boolean createMountpoint,
      @Nullable Boolean readOnlyNonRecursive,
      @Nullable Boolean readOnlyForceRecursive) {}

  record Driver(@Nullable String name, @Nullable Map<String, String> options) {}

  record VolumeOptions(
      @Nullable Boolean noCopy,
      @Nullable Map<String, String> labels,
      @Nullable Driver driverConfig,
      @Nullable String subpath) {}

  record TmpfsOptions(@Nullable Long sizeBytes, @Nullable Integer mode) {}

  record ImageOptions(@Nullable String subpath) {}

  record Mount(
      @Nullable String type,
      @Nullable String source,
      @Nullable String target,
      @Nullable Boolean readOnly,
      @Nullable BindOptions bindOptions,
      @Nullable VolumeOptions volumeOptions,
      @Nullable TmpfsOptions tmpfsOptions,
      @Nullable ImageOptions imageOptions,
      @Nullable ContentOptions contentOptions) {}

  /// Ours alone: a file that the request brings.
  record ContentOptions(
      @Nullable String content,
      @Nullable @JsonProperty("UID") Integer uid,
      @Nullable @JsonProperty("GID") Integer gid,
      @Nullable Integer mode) {}

  record Host(
      @Nullable List<String> binds,
      @Nullable Log logConfig,
      @Nullable String networkMode,
      @Nullable Map<String, @Nullable List<HostPort>> portBindings,
      @Nullable Restart restartPolicy,
      @Nullable Boolean autoRemove,
      @Nullable String volumeDriver,
      @Nullable List<String> volumesFrom,
      @Nullable List<Integer> consoleSize,
      @Nullable Map<String, String> annotations,
      @Nullable List<String> capAdd,
      @Nullable List<String> capDrop,
      @Nullable String cgroupnsMode,
      @Nullable List<String> dns,
      @Nullable List<String> dnsOptions,
      @Nullable List<String> dnsSearch,
      @Nullable List<String> extraHosts,
      @Nullable List<String> groupAdd,
      @Nullable String ipcMode,
      @Nullable List<String> links,
      @Nullable Integer oomScoreAdj,
      @Nullable String pidMode,
      @Nullable Boolean privileged,
      @Nullable Boolean publishAllPorts,
      @Nullable Boolean readonlyRootfs,
      @Nullable List<String> securityOpt,
      @Nullable Map<String, String> storageOpt,
      @Nullable Map<String, String> tmpfs,
      @JsonProperty("UTSMode") @Nullable String utsMode,
      @Nullable String usernsMode,
      @Nullable Long shmSize,
      @Nullable Map<String, String> sysctls,
      @Nullable String runtime,
      @Nullable Integer cpuShares,
      @Nullable Long memory,
      @Nullable Long nanoCpus,
      @Nullable String cgroupParent,
      @Nullable Integer blkioWeight,
      @Nullable List<WeightDevice> blkioWeightDevice,
      @Nullable List<ThrottleDevice> blkioDeviceReadBps,
      @Nullable List<ThrottleDevice> blkioDeviceWriteBps,
      @JsonProperty("BlkioDeviceReadIOps") @Nullable List<ThrottleDevice> blkioDeviceReadIops,
      @JsonProperty("BlkioDeviceWriteIOps") @Nullable List<ThrottleDevice> blkioDeviceWriteIops,
      @Nullable Long cpuPeriod,
      @Nullable Long cpuQuota,
      @Nullable Long cpuRealtimePeriod,
      @Nullable Long cpuRealtimeRuntime,
      @Nullable String cpusetCpus,
      @Nullable String cpusetMems,
      @Nullable List<Device> devices,
      @Nullable List<String> deviceCgroupRules,
      @Nullable List<DeviceRequest> deviceRequests,
      @Nullable Long memoryReservation,
      @Nullable Long memorySwap,
      @Nullable Integer memorySwappiness,
      @Nullable Boolean oomKillDisable,
      @Nullable Long pidsLimit,
      @Nullable List<Ulimit> ulimits,
      @Nullable List<Mount> mounts,
      @Nullable List<String> maskedPaths,
      @Nullable List<String> readonlyPaths,
      @Nullable Boolean init) {}
}
