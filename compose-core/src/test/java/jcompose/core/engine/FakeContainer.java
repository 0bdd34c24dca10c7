package jcompose.core.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.FakeEngine.Behaviour;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.ContainerSummary.PublishedPort;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.MountSpec;

/// One container of the fake: fields that change, guarded by [FakeContainers].
final class FakeContainer {
  final ContainerId id;
  final ContainerSpec spec;
  final ImageId image;
  final Instant created;
  final Set<String> networks = new LinkedHashSet<>();
  ContainerName name;
  ContainerState state = ContainerState.CREATED;
  HealthState health = HealthState.NONE;
  Behaviour behaviour = Behaviour.RUNNING;
  Optional<ExitCode> exitCode = Optional.empty();
  Optional<Instant> startedAt = Optional.empty();
  Optional<Instant> finishedAt = Optional.empty();
  final StringBuilder log = new StringBuilder();

  FakeContainer(
      ContainerId id, ContainerName name, ContainerSpec spec, ImageId image, Instant created) {
    this.id = id;
    this.name = name;
    this.spec = spec;
    this.image = image;
    this.created = created;
  }

  boolean running() {
    return state == ContainerState.RUNNING || state == ContainerState.PAUSED;
  }

  /// What the command does where no test said otherwise: a shell line `exit N` ends with N, `true`
  /// and `false` end, all else runs; `echo up` in it is done.
  Behaviour ownBehaviour() {
    String line = String.join(" ", spec.process().command().orElse(List.of()));
    return switch (line) {
      case "true" -> Behaviour.exiting(0);
      case "false" -> Behaviour.exiting(1);
      default ->
          line.matches("sh -c exit \\d+")
              ? Behaviour.exiting(Integer.parseInt(line.substring("sh -c exit ".length())))
              : Behaviour.RUNNING.printing(line.contains("echo up") ? "up\n" : "");
    };
  }

  ContainerSummary summary() {
    return new ContainerSummary(
        id,
        name,
        spec.image(),
        image,
        String.join(" ", spec.process().command().orElse(List.of())),
        created,
        state,
        status(),
        health,
        state == ContainerState.EXITED ? exitCode : Optional.empty(),
        spec.labels(),
        running() ? ports() : List.of(),
        spec.mounts().stream().map(FakeContainer::mountPoint).toList(),
        List.copyOf(networks));
  }

  ContainerDetails details() {
    Map<String, String> addresses = new LinkedHashMap<>();
    if (running()) {
      networks.forEach(it -> addresses.put(it, "10.0.0." + (addresses.size() + 2)));
    }
    return new ContainerDetails(
        id,
        name,
        image,
        state,
        health,
        exitCode,
        false,
        Optional.empty(),
        startedAt,
        finishedAt,
        List.of(),
        spec.labels(),
        addresses,
        spec.process().tty());
  }

  private String status() {
    String suffix =
        switch (health) {
          case NONE -> "";
          case STARTING -> " (health: starting)";
          case HEALTHY -> " (healthy)";
          case UNHEALTHY -> " (unhealthy)";
        };
    return switch (state) {
      case CREATED -> "Created";
      case RUNNING -> "Up 1 second" + suffix;
      case PAUSED -> "Up 1 second (Paused)";
      case EXITED -> "Exited (" + exitCode.map(ExitCode::value).orElse(0) + ") 1 second ago";
      case RESTARTING -> "Restarting (1) 1 second ago";
      case REMOVING -> "Removal In Progress";
      case DEAD -> "Dead";
    };
  }

  private List<PublishedPort> ports() {
    return spec.ports().stream()
        .map(
            it ->
                new PublishedPort(
                    it.containerPort(),
                    Optional.of(it.hostAddress().orElse("0.0.0.0")),
                    Optional.of(
                        Integer.parseInt(it.hostPorts().orElse("32768").replaceFirst("-.*", "")))))
        .toList();
  }

  private static MountPoint mountPoint(MountSpec mount) {
    return switch (mount) {
      case MountSpec.Bind it -> new MountPoint("bind", "", it.source(), it.target());
      case MountSpec.Volume it -> new MountPoint("volume", it.name().orElse(""), "", it.target());
      case MountSpec.Tmpfs it -> new MountPoint("tmpfs", "", "", it.target());
      case MountSpec.Image it -> new MountPoint("image", "", it.image(), it.target());
      case MountSpec.Content it -> new MountPoint("tmpfs", "", "", it.target());
      case MountSpec.Other it -> new MountPoint(it.type(), "", it.source().orElse(""), it.target());
    };
  }
}
