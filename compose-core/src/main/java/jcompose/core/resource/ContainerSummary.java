package jcompose.core.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One line of an engine's list of containers: all that can be had of every container in one call.
///
/// @param image as written when the container was created
/// @param imageId the image it was created from
/// @param status for people: `Up 3 minutes (healthy)`
/// @param exitCode of a container that has ended
/// @param networks names of the networks it is attached to
public record ContainerSummary(
    ContainerId id,
    ContainerName name,
    String image,
    ImageId imageId,
    String command,
    Instant created,
    ContainerState state,
    String status,
    HealthState health,
    Optional<ExitCode> exitCode,
    Map<String, String> labels,
    List<PublishedPort> ports,
    List<MountPoint> mounts,
    List<String> networks) {
  public ContainerSummary {
    labels = Map.copyOf(labels);
    ports = List.copyOf(ports);
    mounts = List.copyOf(mounts);
    networks = List.copyOf(networks);
  }

  /// A port that is exposed and perhaps published.
  ///
  /// @param hostPort absent when it is only exposed
  public record PublishedPort(
      ExposedPort containerPort, Optional<String> hostAddress, Optional<Integer> hostPort) {}

  /// Something mounted in a container.
  ///
  /// @param type `bind`, `volume`, `tmpfs`
  /// @param name of the volume, else empty
  public record MountPoint(String type, String name, String source, String target) {}
}
