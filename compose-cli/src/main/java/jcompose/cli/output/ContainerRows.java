package jcompose.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerSummary.PublishedPort;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;

/// Containers with the fields of docker compose's `ps`.
public final class ContainerRows {
  public static final String TABLE =
      "{{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}";
  public static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("Command", "COMMAND"),
          Map.entry("CreatedAt", "CREATED AT"),
          Map.entry("ExitCode", "EXIT CODE"),
          Map.entry("Health", "HEALTH"),
          Map.entry("ID", "CONTAINER ID"),
          Map.entry("Image", "IMAGE"),
          Map.entry("Labels", "LABELS"),
          Map.entry("LocalVolumes", "LOCAL VOLUMES"),
          Map.entry("Mounts", "MOUNTS"),
          Map.entry("Name", "NAME"),
          Map.entry("Names", "NAMES"),
          Map.entry("Networks", "NETWORKS"),
          Map.entry("Ports", "PORTS"),
          Map.entry("Project", "PROJECT"),
          Map.entry("Publishers", "PUBLISHERS"),
          Map.entry("RunningFor", "CREATED"),
          Map.entry("Service", "SERVICE"),
          Map.entry("Size", "SIZE"),
          Map.entry("State", "STATE"),
          Map.entry("Status", "STATUS"));

  /// For the names of the fields.
  public static final Row NAMES = names();

  private static final int COMMAND_WIDTH = 20;

  private ContainerRows() {}

  private static Row names() {
    var fields = new TreeMap<String, Object>();
    TITLES.keySet().forEach(it -> fields.put(it, ""));
    return new Row(fields, Map.of());
  }

  /// @param now to tell ages
  /// @param truncate shortens ids and commands
  public static Row of(Replica replica, Instant now, boolean truncate) {
    ContainerSummary it = replica.summary();
    var fields = new TreeMap<String, Object>();
    fields.put("Command", command(it.command(), truncate));
    fields.put("CreatedAt", it.created().toString());
    fields.put("ExitCode", (long) it.exitCode().map(ExitCode::value).orElse(0));
    fields.put(
        "Health",
        it.health() == HealthState.NONE ? "" : it.health().name().toLowerCase(Locale.ROOT));
    fields.put("ID", truncate ? it.id().shortId() : it.id().value());
    fields.put("Image", it.image());
    fields.put("Labels", VolumeRows.labels(it.labels()));
    fields.put(
        "LocalVolumes",
        Long.toString(it.mounts().stream().filter(m -> m.type().equals("volume")).count()));
    fields.put(
        "Mounts",
        it.mounts().stream()
            .map(m -> m.name().isEmpty() ? m.source() : m.name())
            .collect(Collectors.joining(",")));
    fields.put("Name", it.name().value());
    fields.put("Names", it.name().value());
    fields.put("Networks", String.join(",", it.networks()));
    fields.put("Ports", ports(it.ports()));
    fields.put("Project", it.labels().getOrDefault(ComposeLabels.PROJECT, ""));
    fields.put("Publishers", it.ports().stream().map(ContainerRows::publisher).toList());
    fields.put("RunningFor", Ages.human(Duration.between(it.created(), now)) + " ago");
    fields.put("Service", replica.service());
    fields.put("Size", "0B"); // as docker compose, which does not ask for it
    fields.put("State", it.state().word());
    fields.put("Status", it.status());
    return new Row(fields, it.labels());
  }

  private static Map<String, Object> publisher(PublishedPort port) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("URL", port.hostAddress().orElse(""));
    fields.put("TargetPort", port.containerPort().number());
    fields.put("PublishedPort", port.hostPort().orElse(0));
    fields.put("Protocol", port.containerPort().protocol());
    return fields;
  }

  private static String command(String command, boolean truncate) {
    String text =
        truncate && command.length() > COMMAND_WIDTH
            ? command.substring(0, COMMAND_WIDTH - 1) + "…"
            : command;
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  /// `0.0.0.0:8080->80/tcp, 443/tcp`.
  public static String ports(List<PublishedPort> ports) {
    return ports.stream()
        .map(
            it ->
                it.hostPort()
                        .map(port -> address(it.hostAddress().orElse("")) + port + "->")
                        .orElse("")
                    + it.containerPort())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String address(String address) {
    if (address.isEmpty()) {
      return "";
    }
    return address.contains(":") ? "[" + address + "]:" : address + ":";
  }
}
