package jcompose.core.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a container may see and do beyond Docker's defaults. Modes are written as the Engine API
/// writes them (`host`, `none`, `private`, `shareable`, `container:ID`); absent is the engine's
/// default.
///
/// @param networkMode `host`, `none`, `container:ID`, `default`; absent when
///   `ContainerSpec.networks` decides
/// @param shmSizeBytes size of /dev/shm, absent for 64 MiB
/// @param devices `/dev/on/host:/dev/in/container:rwm`
/// @param ulimits `name=soft:hard`
/// @param securityOptions as `--security-opt` takes them
/// @param maskedPaths absent for Docker's list
/// @param readOnlyPaths absent for Docker's list
public record IsolationSpec(
    Optional<String> hostname,
    Optional<String> domainname,
    Optional<String> networkMode,
    Optional<String> pidMode,
    Optional<String> ipcMode,
    Optional<String> utsMode,
    Optional<String> usernsMode,
    Optional<String> cgroupnsMode,
    Optional<String> cgroupParent,
    boolean privileged,
    boolean readOnlyRoot,
    Optional<Boolean> init,
    List<String> capAdd,
    List<String> capDrop,
    List<String> securityOptions,
    List<String> groupAdd,
    List<String> devices,
    List<String> deviceCgroupRules,
    List<DeviceRequest> deviceRequests,
    List<String> ulimits,
    Map<String, String> sysctls,
    Map<String, String> tmpfs,
    List<String> volumesFrom,
    Optional<Long> shmSizeBytes,
    Optional<Integer> oomScoreAdjust,
    Optional<String> runtime,
    Map<String, String> storageOptions,
    Optional<List<String>> maskedPaths,
    Optional<List<String>> readOnlyPaths) {

  public static final IsolationSpec DEFAULT = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A request for devices that a driver hands out, such as GPUs.
  ///
  /// @param count -1 for all
  public record DeviceRequest(
      String driver,
      int count,
      List<String> deviceIds,
      List<List<String>> capabilities,
      Map<String, String> options) {}

  /// Starts with Docker's defaults; each setter replaces what was set before.
  public static final class Builder {
    private Optional<String> hostname = Optional.empty();
    private Optional<String> domainname = Optional.empty();
    private Optional<String> networkMode = Optional.empty();
    private Optional<String> pidMode = Optional.empty();
    private Optional<String> ipcMode = Optional.empty();
    private Optional<String> utsMode = Optional.empty();
    private Optional<String> usernsMode = Optional.empty();
    private Optional<String> cgroupnsMode = Optional.empty();
    private Optional<String> cgroupParent = Optional.empty();
    private boolean privileged;
    private boolean readOnlyRoot;
    private Optional<Boolean> init = Optional.empty();
    private List<String> capAdd = List.of();
    private List<String> capDrop = List.of();
    private List<String> securityOptions = List.of();
    private List<String> groupAdd = List.of();
    private List<String> devices = List.of();
    private List<String> deviceCgroupRules = List.of();
    private List<DeviceRequest> deviceRequests = List.of();
    private List<String> ulimits = List.of();
    private Map<String, String> sysctls = Map.of();
    private Map<String, String> tmpfs = Map.of();
    private List<String> volumesFrom = List.of();
    private Optional<Long> shmSizeBytes = Optional.empty();
    private Optional<Integer> oomScoreAdjust = Optional.empty();
    private Optional<String> runtime = Optional.empty();
    private Map<String, String> storageOptions = Map.of();
    private Optional<List<String>> maskedPaths = Optional.empty();
    private Optional<List<String>> readOnlyPaths = Optional.empty();

    private Builder() {}

    public Builder hostname(Optional<String> value) {
      hostname = value;
      return this;
    }

    public Builder domainname(Optional<String> value) {
      domainname = value;
      return this;
    }

    public Builder networkMode(Optional<String> value) {
      networkMode = value;
      return this;
    }

    public Builder pidMode(Optional<String> value) {
      pidMode = value;
      return this;
    }

    public Builder ipcMode(Optional<String> value) {
      ipcMode = value;
      return this;
    }

    public Builder utsMode(Optional<String> value) {
      utsMode = value;
      return this;
    }

    public Builder usernsMode(Optional<String> value) {
      usernsMode = value;
      return this;
    }

    public Builder cgroupnsMode(Optional<String> value) {
      cgroupnsMode = value;
      return this;
    }

    public Builder cgroupParent(Optional<String> value) {
      cgroupParent = value;
      return this;
    }

    public Builder privileged(boolean value) {
      privileged = value;
      return this;
    }

    public Builder readOnlyRoot(boolean value) {
      readOnlyRoot = value;
      return this;
    }

    public Builder init(Optional<Boolean> value) {
      init = value;
      return this;
    }

    public Builder capAdd(List<String> value) {
      capAdd = value;
      return this;
    }

    public Builder capDrop(List<String> value) {
      capDrop = value;
      return this;
    }

    public Builder securityOptions(List<String> value) {
      securityOptions = value;
      return this;
    }

    public Builder groupAdd(List<String> value) {
      groupAdd = value;
      return this;
    }

    public Builder devices(List<String> value) {
      devices = value;
      return this;
    }

    public Builder deviceCgroupRules(List<String> value) {
      deviceCgroupRules = value;
      return this;
    }

    public Builder deviceRequests(List<DeviceRequest> value) {
      deviceRequests = value;
      return this;
    }

    public Builder ulimits(List<String> value) {
      ulimits = value;
      return this;
    }

    public Builder sysctls(Map<String, String> value) {
      sysctls = value;
      return this;
    }

    public Builder tmpfs(Map<String, String> value) {
      tmpfs = value;
      return this;
    }

    public Builder volumesFrom(List<String> value) {
      volumesFrom = value;
      return this;
    }

    public Builder shmSizeBytes(Optional<Long> value) {
      shmSizeBytes = value;
      return this;
    }

    public Builder oomScoreAdjust(Optional<Integer> value) {
      oomScoreAdjust = value;
      return this;
    }

    public Builder runtime(Optional<String> value) {
      runtime = value;
      return this;
    }

    public Builder storageOptions(Map<String, String> value) {
      storageOptions = value;
      return this;
    }

    public Builder maskedPaths(Optional<List<String>> value) {
      maskedPaths = value;
      return this;
    }

    public Builder readOnlyPaths(Optional<List<String>> value) {
      readOnlyPaths = value;
      return this;
    }

    public IsolationSpec build() {
      return new IsolationSpec(
          hostname,
          domainname,
          networkMode,
          pidMode,
          ipcMode,
          utsMode,
          usernsMode,
          cgroupnsMode,
          cgroupParent,
          privileged,
          readOnlyRoot,
          init,
          List.copyOf(capAdd),
          List.copyOf(capDrop),
          List.copyOf(securityOptions),
          List.copyOf(groupAdd),
          List.copyOf(devices),
          List.copyOf(deviceCgroupRules),
          List.copyOf(deviceRequests),
          List.copyOf(ulimits),
          Map.copyOf(sysctls),
          Map.copyOf(tmpfs),
          List.copyOf(volumesFrom),
          shmSizeBytes,
          oomScoreAdjust,
          runtime,
          Map.copyOf(storageOptions),
          maskedPaths,
          readOnlyPaths);
    }
  }
}
