package jcompose.engine.daemon.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jcompose.core.resource.ContainerDetails.HealthResult;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.HealthState;
import jcompose.engine.local.ContainerRecord;
import jcompose.engine.local.LocalContainers;
import jcompose.engine.local.LocalContainers.View;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.local.ResolvedMount;
import jcompose.engine.network.Attachment;
import jcompose.engine.network.Endpoint;
import org.jspecify.annotations.Nullable;

/// Containers as the API lists and inspects them.
final class ContainerJson {
  private ContainerJson() {}

  /// One entry of `GET /containers/json`.
  static Map<String, Object> listed(View view) {
    ContainerRecord record = view.record();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Id", record.id().value());
    json.put("Names", List.of("/" + record.name()));
    json.put("Image", record.spec().image());
    json.put("ImageID", record.imageId().value());
    json.put(
        "Command",
        record.merged().arguments().stream()
            .map(it -> it.contains(" ") ? "'" + it + "'" : it)
            .collect(java.util.stream.Collectors.joining(" ")));
    json.put("Created", record.created().getEpochSecond());
    json.put("Ports", listedPorts(record));
    json.put("Labels", record.merged().labels());
    json.put("State", record.state().status().word());
    json.put("Status", view.status());
    json.put("HostConfig", Map.of("NetworkMode", networkMode(record)));
    json.put("NetworkSettings", Map.of("Networks", networks(record)));
    json.put("Mounts", record.mounts().stream().map(ContainerJson::mount).toList());
    return json;
  }

  /// Adds what a container wrote, and that with its image.
  static void putSizes(Map<String, Object> json, View view, LocalEngine engine) {
    long written = engine.containers().writtenBytes(view.record().id());
    long image =
        engine.images().store().find(view.record().imageId()).map(it -> it.sizeBytes()).orElse(0L);
    json.put("SizeRw", written);
    json.put("SizeRootFs", image + written);
  }

  private static List<Map<String, Object>> listedPorts(ContainerRecord record) {
    var ports = new ArrayList<Map<String, Object>>();
    Attachment attachment = record.attachment();
    if (attachment == null || !record.state().alive()) {
      return ports;
    }
    for (ExposedPort port : record.merged().exposedPorts()) {
      if (attachment.ports().stream().noneMatch(it -> it.key().equals(port.toString()))) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("PrivatePort", port.number());
        json.put("Type", port.protocol());
        ports.add(json);
      }
    }
    for (Attachment.PublishedPort port : attachment.ports()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("IP", port.hostAddress());
      json.put("PrivatePort", port.containerPort());
      json.put("PublicPort", port.hostPort());
      json.put("Type", port.protocol());
      ports.add(json);
    }
    return ports;
  }

  static String networkMode(ContainerRecord record) {
    String mode = record.spec().isolation().networkMode().orElse("");
    if (mode.isEmpty() || mode.equals("default")) {
      return record.spec().networks().isEmpty()
          ? "bridge"
          : record.spec().networks().keySet().iterator().next();
    }
    return mode;
  }

  /// `NetworkSettings.Networks`.
  static Map<String, Object> networks(ContainerRecord record) {
    Map<String, Object> networks = new LinkedHashMap<>();
    Attachment attachment = record.attachment();
    if (attachment != null) {
      for (Endpoint endpoint : attachment.endpoints()) {
        EndpointSpec asked = record.spec().networks().get(endpoint.networkName());
        networks.put(endpoint.networkName(), endpoint(asked, endpoint));
      }
    }
    String mode = networkMode(record);
    if (!mode.startsWith("container:") && !record.options().networkDisabled()) {
      networks.putIfAbsent(mode, endpoint(record.spec().networks().get(mode), null));
      record
          .spec()
          .networks()
          .forEach((name, it) -> networks.putIfAbsent(name, endpoint(it, null)));
    }
    return networks;
  }

  private static Map<String, Object> endpoint(
      @Nullable EndpointSpec asked, @Nullable Endpoint endpoint) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("IPAMConfig", ipam(asked));
    json.put("Links", asked == null || asked.links().isEmpty() ? null : asked.links());
    json.put("Aliases", asked == null || asked.aliases().isEmpty() ? null : asked.aliases());
    json.put("MacAddress", endpoint == null ? "" : endpoint.macAddress());
    json.put("NetworkID", endpoint == null ? "" : endpoint.networkId());
    json.put("EndpointID", endpoint == null ? "" : endpoint.id());
    json.put("Gateway", endpoint == null ? "" : orEmpty(endpoint.ipv4Gateway()));
    json.put("IPAddress", endpoint == null ? "" : orEmpty(endpoint.ipv4()));
    json.put("IPPrefixLen", endpoint == null ? 0 : endpoint.ipv4Prefix());
    json.put("IPv6Gateway", endpoint == null ? "" : orEmpty(endpoint.ipv6Gateway()));
    json.put("GlobalIPv6Address", endpoint == null ? "" : orEmpty(endpoint.ipv6()));
    json.put("GlobalIPv6PrefixLen", endpoint == null ? 0 : endpoint.ipv6Prefix());
    json.put(
        "DriverOpts",
        asked == null || asked.driverOptions().isEmpty() ? null : asked.driverOptions());
    json.put(
        "DNSNames",
        endpoint == null || endpoint.networkName().equals("bridge") ? null : endpoint.names());
    return json;
  }

  private static @Nullable Map<String, Object> ipam(@Nullable EndpointSpec asked) {
    if (asked == null) {
      return null;
    }
    Map<String, Object> ipam = new LinkedHashMap<>();
    asked.ipv4Address().ifPresent(it -> ipam.put("IPv4Address", it));
    asked.ipv6Address().ifPresent(it -> ipam.put("IPv6Address", it));
    if (!asked.linkLocalAddresses().isEmpty()) {
      ipam.put("LinkLocalIPs", asked.linkLocalAddresses());
    }
    return ipam;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Map<String, Object> mount(ResolvedMount mount) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Type", mount.shownType());
    if (!mount.name().isEmpty()) {
      json.put("Name", mount.name());
    }
    json.put("Source", mount.source());
    json.put("Destination", mount.target());
    if (!mount.driver().isEmpty()) {
      json.put("Driver", mount.driver());
    }
    json.put("Mode", mount.mode());
    json.put("RW", !mount.readOnly());
    json.put("Propagation", mount.propagation());
    return json;
  }

  /// `GET /containers/{id}/json`.
  static Map<String, Object> inspected(View view, LocalContainers containers) {
    ContainerRecord record = view.record();
    List<String> arguments = record.merged().arguments();
    String folder = containers.folder(record.id()).toString();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Id", record.id().value());
    json.put("Created", Json.time(record.created()));
    json.put("Path", arguments.getFirst());
    json.put("Args", arguments.subList(1, arguments.size()));
    json.put("State", state(view));
    json.put("Image", record.imageId().value());
    boolean started = record.state().everStarted();
    json.put("ResolvConfPath", started ? folder + "/resolv.conf" : "");
    json.put("HostnamePath", started ? folder + "/hostname" : "");
    json.put("HostsPath", started ? folder + "/hosts" : "");
    json.put("LogPath", started ? containers.logFile(record.id()).toString() : "");
    json.put("Name", "/" + record.name());
    json.put("RestartCount", record.state().restarts());
    json.put("Driver", "overlay2");
    json.put("Platform", "linux");
    json.put("MountLabel", "");
    json.put("ProcessLabel", "");
    json.put("AppArmorProfile", "");
    List<String> execs = containers.execs().ofContainer(record.id().value());
    json.put("ExecIDs", execs.isEmpty() ? null : execs);
    json.put("HostConfig", HostConfigJson.of(record));
    json.put("GraphDriver", graphDriver(record, containers));
    json.put("Mounts", record.mounts().stream().map(ContainerJson::mount).toList());
    json.put("Config", ConfigJson.of(record));
    json.put("NetworkSettings", networkSettings(record));
    return json;
  }

  private static Map<String, Object> graphDriver(
      ContainerRecord record, LocalContainers containers) {
    Map<String, Object> data = new LinkedHashMap<>();
    containers
        .layout(record.id())
        .ifPresent(
            it -> {
              data.put(
                  "LowerDir",
                  it.lowerPaths().stream().map(Path::toString).collect(Collectors.joining(":")));
              // The overlay is mounted nowhere but in the container.
              data.put(
                  "MergedDir",
                  record.state().alive() ? "/proc/" + record.state().pid() + "/root" : "");
              data.put("UpperDir", it.upper().toString());
              data.put("WorkDir", it.work().toString());
            });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Data", data);
    json.put("Name", "overlay2");
    return json;
  }

  private static Map<String, Object> state(View view) {
    var state = view.record().state();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Status", state.status().word());
    json.put("Running", state.running());
    json.put("Paused", state.status() == ContainerState.PAUSED);
    json.put("Restarting", state.status() == ContainerState.RESTARTING);
    json.put("OOMKilled", state.oomKilled());
    json.put("Dead", state.status() == ContainerState.DEAD);
    json.put("Pid", state.pid());
    json.put("ExitCode", state.exitCode());
    json.put("Error", state.error());
    json.put("StartedAt", Json.time(state.startedAt()));
    json.put("FinishedAt", Json.time(state.finishedAt()));
    if (state.health() != HealthState.NONE) {
      Map<String, Object> health = new LinkedHashMap<>();
      health.put("Status", state.health().name().toLowerCase(Locale.ROOT));
      health.put("FailingStreak", view.log().failingStreak());
      health.put("Log", view.log().results().stream().map(ContainerJson::healthResult).toList());
      json.put("Health", health);
    }
    return json;
  }

  private static Map<String, Object> healthResult(HealthResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Start", Json.time(result.start()));
    json.put("End", Json.time(result.end()));
    json.put("ExitCode", result.exitCode());
    json.put("Output", result.output());
    return json;
  }

  private static Map<String, Object> networkSettings(ContainerRecord record) {
    Attachment attachment = record.attachment();
    boolean alive = attachment != null && record.state().alive();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Bridge", "");
    json.put("SandboxID", alive ? record.id().value() : "");
    json.put("SandboxKey", alive ? "/proc/" + record.state().pid() + "/ns/net" : "");
    json.put("Ports", ports(record, attachment));
    json.put("HairpinMode", false);
    json.put("LinkLocalIPv6Address", "");
    json.put("LinkLocalIPv6PrefixLen", 0);
    json.put("SecondaryIPAddresses", null);
    json.put("SecondaryIPv6Addresses", null);
    // The old fields tell of the default network only.
    Optional<Endpoint> bridge =
        attachment == null
            ? Optional.empty()
            : attachment.endpoints().stream()
                .filter(it -> it.networkName().equals("bridge"))
                .findFirst();
    json.put("EndpointID", bridge.map(Endpoint::id).orElse(""));
    json.put("Gateway", bridge.map(it -> orEmpty(it.ipv4Gateway())).orElse(""));
    json.put("GlobalIPv6Address", bridge.map(it -> orEmpty(it.ipv6())).orElse(""));
    json.put("GlobalIPv6PrefixLen", bridge.map(Endpoint::ipv6Prefix).orElse(0));
    json.put("IPAddress", bridge.map(it -> orEmpty(it.ipv4())).orElse(""));
    json.put("IPPrefixLen", bridge.map(Endpoint::ipv4Prefix).orElse(0));
    json.put("IPv6Gateway", bridge.map(it -> orEmpty(it.ipv6Gateway())).orElse(""));
    json.put("MacAddress", bridge.map(Endpoint::macAddress).orElse(""));
    json.put("Networks", networks(record));
    return json;
  }

  /// Port to where it is published; null for one that is only exposed.
  private static Map<String, Object> ports(
      ContainerRecord record, @Nullable Attachment attachment) {
    Map<String, Object> ports = new LinkedHashMap<>();
    if (attachment == null || !record.state().alive()) {
      return ports;
    }
    for (ExposedPort port : record.merged().exposedPorts()) {
      List<Map<String, String>> targets =
          attachment.ports().stream()
              .filter(it -> it.key().equals(port.toString()))
              .map(it -> HostConfigJson.hostPort(it.hostAddress(), Integer.toString(it.hostPort())))
              .toList();
      ports.put(port.toString(), targets.isEmpty() ? null : targets);
    }
    return ports;
  }
}
