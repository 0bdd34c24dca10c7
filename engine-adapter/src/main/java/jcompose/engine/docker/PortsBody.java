package jcompose.engine.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.PortBinding;

/// Exposed and published ports.
final class PortsBody {
  private PortsBody() {}

  static void write(ContainerSpec spec, ObjectNode body, ObjectNode host) {
    ObjectNode exposed = body.putObject("ExposedPorts");
    for (ExposedPort each : spec.exposedPorts()) {
      exposed.putObject(each.toString());
    }
    ObjectNode bindings = host.putObject("PortBindings");
    for (PortBinding each : spec.ports()) {
      String port = each.containerPort().toString();
      exposed.putObject(port);
      bindings
          .withArray(port)
          .addObject()
          .put("HostIp", each.hostAddress().orElse(""))
          .put("HostPort", each.hostPorts().orElse(""));
    }
  }
}
