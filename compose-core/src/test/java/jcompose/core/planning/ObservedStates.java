package jcompose.core.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.conversion.ConfigHash;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.NetworkDetails;
import jcompose.core.resource.VolumeDetails;

/// States of an engine for tests, told container by container.
final class ObservedStates {
  static final ImageId IMAGE = new ImageId("sha256:" + "1".repeat(64));

  private final Project project;
  private final List<Replica> replicas = new ArrayList<>();
  private final List<NetworkDetails> networks = new ArrayList<>();
  private final List<VolumeDetails> volumes = new ArrayList<>();

  private ObservedStates(Project project) {
    this.project = project;
  }

  static ObservedStates observed(Project project) {
    return new ObservedStates(project);
  }

  ObservedStates running(String service, int number) {
    return container(service, number, ContainerState.RUNNING, Map.of());
  }

  ObservedStates stale(String service, int number) {
    return container(
        service, number, ContainerState.RUNNING, Map.of(ComposeLabels.CONFIG_HASH, "stale"));
  }

  ObservedStates exited(String service, int number) {
    return container(service, number, ContainerState.EXITED, Map.of());
  }

  ObservedStates container(
      String service, int number, ContainerState state, Map<String, String> more) {
    var labels = new LinkedHashMap<String, String>();
    Service known = project.services().get(service);
    labels.put(ComposeLabels.PROJECT, project.name());
    labels.put(ComposeLabels.SERVICE, service);
    labels.put(ComposeLabels.CONTAINER_NUMBER, Integer.toString(number));
    labels.put(ComposeLabels.ONE_OFF, "False");
    labels.put(ComposeLabels.IMAGE, IMAGE.value());
    labels.put(ComposeLabels.CONFIG_HASH, known == null ? "?" : ConfigHash.of(known));
    labels.putAll(more);
    String id = "%012x".formatted(replicas.size() + 0xabc000) + "0".repeat(52);
    String name = project.name() + "-" + service + "-" + number;
    String old = more.get(ComposeLabels.REPLACE);
    replicas.add(
        new Replica(
            new ContainerSummary(
                new ContainerId(id),
                new ContainerName(old == null ? name : old.substring(0, 12) + "_" + name),
                "busybox",
                IMAGE,
                "",
                Instant.EPOCH,
                state,
                "",
                HealthState.NONE,
                state == ContainerState.EXITED ? Optional.of(new ExitCode(0)) : Optional.empty(),
                labels,
                List.of(),
                List.of(new MountPoint("volume", "a".repeat(64), "", "/anonymous")),
                List.of())));
    return this;
  }

  ObservedStates network(String key) {
    String name = project.name() + "_" + key;
    networks.add(
        new NetworkDetails(
            "f".repeat(64),
            name,
            "bridge",
            false,
            Map.of(ComposeLabels.PROJECT, project.name(), ComposeLabels.NETWORK, key)));
    return this;
  }

  ObservedStates volume(String key) {
    volumes.add(
        new VolumeDetails(
            project.name() + "_" + key,
            "local",
            "",
            Map.of(ComposeLabels.PROJECT, project.name(), ComposeLabels.VOLUME, key)));
    return this;
  }

  ObservedState state() {
    return new ObservedState(replicas, networks, volumes, Map.of("busybox", image(IMAGE)));
  }

  static ImageDetails image(ImageId id) {
    return new ImageDetails(
        id, List.of("busybox:latest"), List.of(), Map.of(), List.of(), List.of(), false, 1);
  }
}
