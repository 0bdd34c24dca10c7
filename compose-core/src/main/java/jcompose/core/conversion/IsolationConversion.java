package jcompose.core.conversion;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jcompose.core.model.Deploy;
import jcompose.core.model.DeviceRequest;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.IsolationSpec;

/// What a container may see and do.
final class IsolationConversion {
  private IsolationConversion() {}

  static IsolationSpec isolation(Project project, Service service) {
    var isolation = service.isolation();
    var limits = service.limits();
    return IsolationSpec.builder()
        .hostname(service.networking().hostname())
        .domainname(service.networking().domainname())
        .networkMode(Namespaces.mode(project, service.networking().networkMode()))
        .pidMode(Namespaces.mode(project, isolation.pid()))
        .ipcMode(Namespaces.mode(project, isolation.ipc()))
        .utsMode(Namespaces.mode(project, isolation.uts()))
        .usernsMode(isolation.usernsMode())
        .cgroupnsMode(isolation.cgroup())
        .cgroupParent(isolation.cgroupParent())
        .privileged(isolation.privileged())
        .readOnlyRoot(isolation.readOnly())
        .init(service.process().init())
        .capAdd(isolation.capAdd())
        .capDrop(isolation.capDrop())
        .securityOptions(isolation.securityOpt())
        .groupAdd(service.process().groupAdd())
        .devices(
            isolation.devices().stream()
                .filter(it -> !it.target().isEmpty())
                .map(it -> it.source() + ":" + it.target() + ":" + it.permissions())
                .toList())
        .deviceCgroupRules(isolation.deviceCgroupRules())
        .deviceRequests(deviceRequests(service))
        .ulimits(
            limits.ulimits().entrySet().stream()
                .map(it -> it.getKey() + "=" + it.getValue().soft() + ":" + it.getValue().hard())
                .toList())
        .sysctls(isolation.sysctls())
        .tmpfs(MountConversion.tmpfs(service))
        .volumesFrom(
            service.storage().volumesFrom().stream()
                .map(it -> Namespaces.volumesFrom(project, it))
                .toList())
        .shmSizeBytes(limits.shmSize())
        .oomScoreAdjust(limits.oomScoreAdj())
        .runtime(isolation.runtime())
        .storageOptions(isolation.storageOpt())
        .build();
  }

  private static List<IsolationSpec.DeviceRequest> deviceRequests(Service service) {
    Stream<DeviceRequest> reserved =
        service.deploy().flatMap(Deploy::reservations).stream()
            .flatMap(it -> it.devices().stream());
    // a device without a target is the name of a CDI device
    Stream<IsolationSpec.DeviceRequest> named =
        service.isolation().devices().stream()
            .filter(it -> it.target().isEmpty())
            .map(
                it ->
                    new IsolationSpec.DeviceRequest(
                        "cdi", 0, List.of(it.source()), List.of(), java.util.Map.of()));
    return Stream.concat(
            Stream.concat(service.isolation().gpus().stream(), reserved)
                .map(IsolationConversion::request),
            named)
        .toList();
  }

  private static IsolationSpec.DeviceRequest request(DeviceRequest request) {
    Optional<Long> count = request.count();
    int number = count.map(Math::toIntExact).orElse(request.deviceIds().isEmpty() ? -1 : 0);
    return new IsolationSpec.DeviceRequest(
        request.driver().orElse(""),
        number,
        request.deviceIds(),
        List.of(request.capabilities()),
        request.options());
  }
}
