package jcompose.engine.local;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.ContainerSummary.PublishedPort;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.ExposedPort;
import jcompose.engine.network.Attachment;

/// What the engine port tells of a container.
final class ContainerSummaries {
  private ContainerSummaries() {}

  static ContainerSummary summary(ContainerRecord record, Instant now) {
    RunState state = record.state();
    return new ContainerSummary(
        record.id(),
        record.name(),
        record.spec().image(),
        record.imageId(),
        String.join(" ", record.merged().arguments()),
        record.created(),
        state.status(),
        StatusText.of(state, now),
        state.health(),
        exitCode(state),
        record.merged().labels(),
        publishedPorts(record),
        record.mounts().stream()
            .map(it -> new MountPoint(it.type(), it.name(), it.source(), it.target()))
            .toList(),
        networkNames(record));
  }

  private static Optional<ExitCode> exitCode(RunState state) {
    boolean failedToStart = state.status() == ContainerState.CREATED && !state.error().isEmpty();
    return failedToStart
            || state.status() == ContainerState.EXITED
            || state.status() == ContainerState.DEAD
        ? Optional.of(new ExitCode(state.exitCode()))
        : Optional.empty();
  }

  private static List<String> networkNames(ContainerRecord record) {
    String mode = record.spec().isolation().networkMode().orElse("");
    if (mode.equals("host") || mode.equals("none")) {
      return List.of(mode);
    }
    return ContainerStart.usesNetworks(record)
        ? List.copyOf(ContainerStart.networks(record).keySet())
        : List.of();
  }

  /// The ports it exposes, with those of the host that lead there while it runs.
  private static List<PublishedPort> publishedPorts(ContainerRecord record) {
    var ports = new ArrayList<PublishedPort>();
    Attachment attachment = record.attachment();
    if (attachment == null || !record.state().alive()) {
      return ports;
    }
    for (ExposedPort port : record.merged().exposedPorts()) {
      if (attachment.ports().stream().noneMatch(it -> it.key().equals(port.toString()))) {
        ports.add(new PublishedPort(port, Optional.empty(), Optional.empty()));
      }
    }
    for (Attachment.PublishedPort port : attachment.ports()) {
      ports.add(
          new PublishedPort(
              new ExposedPort(port.containerPort(), port.protocol()),
              Optional.of(port.hostAddress()),
              Optional.of(port.hostPort())));
    }
    return ports;
  }

  static ContainerDetails details(Container container) {
    ContainerRecord record = container.record();
    RunState state = record.state();
    Map<String, String> addresses = new LinkedHashMap<>();
    if (record.attachment() != null) {
      record
          .attachment()
          .endpoints()
          .forEach(it -> addresses.put(it.networkName(), it.ipv4() == null ? "" : it.ipv4()));
    }
    return new ContainerDetails(
        record.id(),
        record.name(),
        record.imageId(),
        state.status(),
        state.health(),
        exitCode(state),
        state.oomKilled(),
        Optional.of(state.error()).filter(it -> !it.isEmpty()),
        Optional.of(state.startedAt()).filter(_ -> state.everStarted()),
        Optional.of(state.finishedAt()).filter(it -> !it.equals(Instant.EPOCH)),
        container.healthLog.results(),
        record.merged().labels(),
        addresses,
        record.spec().process().tty());
  }
}
