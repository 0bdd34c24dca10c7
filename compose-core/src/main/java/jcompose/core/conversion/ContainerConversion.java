package jcompose.core.conversion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.LogConfig;
import jcompose.core.resource.RestartPolicy;

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
    return builder(project, service, number, image, replaces, inherited).build();
  }

  /// The container of a `run`.
  public static ContainerSpec oneOff(
      Project project, Service service, Optional<ImageId> image, OneOff run) {
    Map<String, String> labels =
        LabelConversion.container(project, service, 1, image, Optional.empty());
    return builder(project, service, 1, image, Optional.empty(), List.of())
        .process(run.process(ProcessConversion.process(service)))
        .ports(run.servicePorts() ? PortConversion.published(service) : List.of())
        .networks(
            NetworkConversion.endpoints(project, service, run.name().value(), run.useAliases()))
        .restart(RestartPolicy.NO)
        .removeWhenExited(run.removeWhenExited())
        .labels(run.labels(labels))
        .build();
  }

  private static ContainerSpec.Builder builder(
      Project project,
      Service service,
      int number,
      Optional<ImageId> image,
      Optional<ContainerId> replaces,
      List<MountPoint> inherited) {
    refuseUnsupported(service);
    String name = Names.container(project, service, number).value();
    var spec =
        ContainerSpec.of(Names.image(project, service))
            .process(ProcessConversion.process(service))
            .isolation(IsolationConversion.isolation(project, service))
            .limits(LimitConversion.limits(service))
            .mounts(MountConversion.mounts(project, service, inherited))
            .ports(PortConversion.published(service))
            .exposedPorts(PortConversion.exposed(service))
            .networks(NetworkConversion.endpoints(project, service, name, true))
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
    return spec;
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
