package jcompose.core.conversion;

import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.LogConfig;

/// A service's container, all topics together.
public final class ContainerConversion {
  private ContainerConversion() {}

  /// The container with one number of a service.
  ///
  /// @param image what the service's image name stands for on the engine
  /// @param replaces the container whose place it takes
  /// @param inherited that one's mounts, whose anonymous volumes move on; empty to begin anew
  public static ContainerSpec container(
      Project project,
      Service service,
      int number,
      Optional<ImageId> image,
      Optional<ContainerId> replaces,
      List<MountPoint> inherited) {
    refuseUnsupported(service);
    var spec =
        ContainerSpec.of(Names.image(project, service))
            .process(ProcessConversion.process(service))
            .isolation(IsolationConversion.isolation(project, service))
            .limits(LimitConversion.limits(service))
            .mounts(MountConversion.mounts(project, service, inherited))
            .ports(PortConversion.published(service))
            .exposedPorts(PortConversion.exposed(service))
            .networks(NetworkConversion.endpoints(project, service, number, true))
            .names(NetworkConversion.names(service))
            .restart(RestartConversion.policy(service))
            .labels(LabelConversion.container(project, service, number, image, replaces));
    service.healthcheck().map(HealthConversion::check).ifPresent(spec::healthCheck);
    service
        .logging()
        .map(it -> new LogConfig(it.driver().orElse(""), it.options()))
        .ifPresent(spec::logging);
    service.process().stopSignal().ifPresent(spec::stopSignal);
    service
        .process()
        .stopGracePeriod()
        .ifPresent(it -> spec.stopTimeoutSeconds((int) Math.ceilDiv(it.toMillis(), 1000L)));
    service.platform().ifPresent(spec::platform);
    return spec.build();
  }

  /// Keys that would have to do something and do not yet.
  private static void refuseUnsupported(Service service) {
    refuse(service, service.provider().isPresent(), "provider");
    refuse(service, !service.models().isEmpty(), "models");
    refuse(service, !service.preStart().isEmpty(), "pre_start");
    refuse(service, !service.postStart().isEmpty(), "post_start");
    refuse(service, !service.preStop().isEmpty(), "pre_stop");
    refuse(service, !service.annotations().isEmpty(), "annotations");
    refuse(service, !service.isolation().credentialSpec().isEmpty(), "credential_spec");
    refuse(service, service.isolation().useApiSocket(), "use_api_socket");
  }

  private static void refuse(Service service, boolean used, String key) {
    if (used) {
      throw new EngineException.Unsupported(
          "service \"" + service.name() + "\": " + key + " is not supported so far");
    }
  }
}
