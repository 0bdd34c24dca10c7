package jcompose.engine.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.IsolationSpec.DeviceRequest;

/// Namespaces, privileges, devices and kernel settings in a `HostConfig`.
final class IsolationBody {
  private IsolationBody() {}

  static void write(IsolationSpec spec, ObjectNode host) {
    spec.networkMode().ifPresent(it -> host.put("NetworkMode", it));
    spec.pidMode().ifPresent(it -> host.put("PidMode", it));
    spec.ipcMode().ifPresent(it -> host.put("IpcMode", it));
    spec.utsMode().ifPresent(it -> host.put("UTSMode", it));
    spec.usernsMode().ifPresent(it -> host.put("UsernsMode", it));
    spec.cgroupnsMode().ifPresent(it -> host.put("CgroupnsMode", it));
    spec.cgroupParent().ifPresent(it -> host.put("CgroupParent", it));
    host.put("Privileged", spec.privileged());
    host.put("ReadonlyRootfs", spec.readOnlyRoot());
    spec.init().ifPresent(it -> host.put("Init", it));
    host.set("CapAdd", Json.array(spec.capAdd()));
    host.set("CapDrop", Json.array(spec.capDrop()));
    host.set("SecurityOpt", Json.array(spec.securityOptions()));
    host.set("GroupAdd", Json.array(spec.groupAdd()));
    ArrayNode devices = host.putArray("Devices");
    spec.devices().forEach(it -> devices.add(device(it)));
    host.set("DeviceCgroupRules", Json.array(spec.deviceCgroupRules()));
    ArrayNode requests = host.putArray("DeviceRequests");
    spec.deviceRequests().forEach(it -> requests.add(request(it)));
    ArrayNode ulimits = host.putArray("Ulimits");
    spec.ulimits().forEach(it -> ulimits.add(ulimit(it)));
    host.set("Sysctls", Json.object(spec.sysctls()));
    host.set("Tmpfs", Json.object(spec.tmpfs()));
    host.set("VolumesFrom", Json.array(spec.volumesFrom()));
    spec.shmSizeBytes().ifPresent(it -> host.put("ShmSize", it));
    spec.oomScoreAdjust().ifPresent(it -> host.put("OomScoreAdj", it));
    spec.runtime().ifPresent(it -> host.put("Runtime", it));
    if (!spec.storageOptions().isEmpty()) {
      host.set("StorageOpt", Json.object(spec.storageOptions()));
    }
    spec.maskedPaths().ifPresent(it -> host.set("MaskedPaths", Json.array(it)));
    spec.readOnlyPaths().ifPresent(it -> host.set("ReadonlyPaths", Json.array(it)));
  }

  /// `/dev/on/host[:/dev/in/container][:rwm]`.
  private static ObjectNode device(String text) {
    String[] parts = text.split(":", -1);
    ObjectNode body = Json.object();
    body.put("PathOnHost", parts[0]);
    boolean onlyRights = parts.length == 2 && parts[1].matches("[rwm]{1,3}");
    body.put("PathInContainer", parts.length > 1 && !onlyRights ? parts[1] : parts[0]);
    String rights = onlyRights ? parts[1] : "rwm";
    body.put("CgroupPermissions", parts.length > 2 ? parts[2] : rights);
    return body;
  }

  private static ObjectNode request(DeviceRequest request) {
    ObjectNode body = Json.object();
    body.put("Driver", request.driver());
    body.put("Count", request.count());
    body.set("DeviceIDs", Json.array(request.deviceIds()));
    ArrayNode capabilities = body.putArray("Capabilities");
    request.capabilities().forEach(it -> capabilities.add(Json.array(it)));
    body.set("Options", Json.object(request.options()));
    return body;
  }

  /// `name=soft[:hard]`.
  private static ObjectNode ulimit(String text) {
    int equals = text.indexOf('=');
    String values = text.substring(equals + 1);
    int colon = values.indexOf(':');
    try {
      ObjectNode body = Json.object();
      body.put("Name", text.substring(0, Math.max(0, equals)));
      body.put("Soft", Long.parseLong(colon < 0 ? values : values.substring(0, colon)));
      body.put("Hard", Long.parseLong(values.substring(colon + 1)));
      return body;
    } catch (NumberFormatException e) {
      throw new EngineException.Invalid(
          "invalid ulimit argument: " + text + ": expected name=soft:hard");
    }
  }
}
