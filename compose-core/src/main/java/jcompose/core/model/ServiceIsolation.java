package jcompose.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What a service's containers may see and do of the host.
///
/// @param pid `host`, `service:X`, `container:X`; likewise `ipc` (also `shareable`, `private`,
///   `none`), `uts`, `usernsMode` and `cgroup` (`host`, `private`)
/// @param securityOpt as written, such as `seccomp=unconfined`
public record ServiceIsolation(
    boolean privileged,
    boolean readOnly,
    List<String> capAdd,
    List<String> capDrop,
    List<String> securityOpt,
    Optional<String> pid,
    Optional<String> ipc,
    Optional<String> uts,
    Optional<String> usernsMode,
    Optional<String> cgroup,
    Optional<String> cgroupParent,
    List<Device> devices,
    List<String> deviceCgroupRules,
    List<DeviceRequest> gpus,
    SequencedMap<String, String> sysctls,
    SequencedMap<String, String> storageOpt,
    Optional<String> runtime,
    Optional<String> isolation,
    SequencedMap<String, String> credentialSpec,
    boolean useApiSocket) {

  public static final ServiceIsolation DEFAULT =
      new ServiceIsolation(
          false,
          false,
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          Copies.ordered(Map.of()),
          Copies.ordered(Map.of()),
          Optional.empty(),
          Optional.empty(),
          Copies.ordered(Map.of()),
          false);

  public ServiceIsolation {
    capAdd = List.copyOf(capAdd);
    capDrop = List.copyOf(capDrop);
    securityOpt = List.copyOf(securityOpt);
    devices = List.copyOf(devices);
    deviceCgroupRules = List.copyOf(deviceCgroupRules);
    gpus = List.copyOf(gpus);
    sysctls = Copies.ordered(sysctls);
    storageOpt = Copies.ordered(storageOpt);
    credentialSpec = Copies.ordered(credentialSpec);
  }
}
