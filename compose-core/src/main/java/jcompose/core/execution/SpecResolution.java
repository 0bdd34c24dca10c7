package jcompose.core.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.IsolationSpec;

/// Puts ids in the place of names of containers that the plan has just made: one that replaces
/// another has a name of its own until it takes over.
final class SpecResolution {
  private static final String CONTAINER = "container:";

  private SpecResolution() {}

  static ContainerSpec resolve(ContainerSpec spec, Map<ContainerName, ContainerId> created) {
    IsolationSpec it = spec.isolation();
    boolean shares =
        !it.volumesFrom().isEmpty()
            || List.of(it.networkMode(), it.pidMode(), it.ipcMode(), it.utsMode()).stream()
                .anyMatch(mode -> mode.filter(text -> text.startsWith(CONTAINER)).isPresent());
    if (!shares) {
      return spec;
    }
    var isolation =
        new IsolationSpec(
            it.hostname(),
            it.domainname(),
            mode(it.networkMode(), created),
            mode(it.pidMode(), created),
            mode(it.ipcMode(), created),
            mode(it.utsMode(), created),
            it.usernsMode(),
            it.cgroupnsMode(),
            it.cgroupParent(),
            it.privileged(),
            it.readOnlyRoot(),
            it.init(),
            it.capAdd(),
            it.capDrop(),
            it.securityOptions(),
            it.groupAdd(),
            it.devices(),
            it.deviceCgroupRules(),
            it.deviceRequests(),
            it.ulimits(),
            it.sysctls(),
            it.tmpfs(),
            it.volumesFrom().stream().map(entry -> volumes(entry, created)).toList(),
            it.shmSizeBytes(),
            it.oomScoreAdjust(),
            it.runtime(),
            it.storageOptions(),
            it.maskedPaths(),
            it.readOnlyPaths());
    return new ContainerSpec(
        spec.image(),
        spec.process(),
        isolation,
        spec.limits(),
        spec.mounts(),
        spec.ports(),
        spec.exposedPorts(),
        spec.networks(),
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

  private static Optional<String> mode(
      Optional<String> mode, Map<ContainerName, ContainerId> created) {
    return mode.map(
        it ->
            it.startsWith(CONTAINER)
                ? CONTAINER + id(it.substring(CONTAINER.length()), created)
                : it);
  }

  private static String volumes(String entry, Map<ContainerName, ContainerId> created) {
    int colon = entry.indexOf(':');
    return colon < 0
        ? id(entry, created)
        : id(entry.substring(0, colon), created) + entry.substring(colon);
  }

  private static String id(String name, Map<ContainerName, ContainerId> created) {
    ContainerId id = created.get(new ContainerName(name));
    return id == null ? name : id.value();
  }
}
