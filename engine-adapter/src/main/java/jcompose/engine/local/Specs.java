package jcompose.engine.local;

import java.util.Map;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.EndpointSpec;

/// Changed copies of a spec.
final class Specs {
  private Specs() {}

  static ContainerSpec withNetworks(ContainerSpec spec, Map<String, EndpointSpec> networks) {
    return new ContainerSpec(
        spec.image(),
        spec.process(),
        spec.isolation(),
        spec.limits(),
        spec.mounts(),
        spec.ports(),
        spec.exposedPorts(),
        networks,
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
}
