package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerDetails.HealthResult;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.ContainerSummary.PublishedPort;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.HealthState;
import jcompose.core.resource.ImageId;

/// What the API says of containers, in the port's records.
final class ContainerReading {
  private static final Pattern EXITED = Pattern.compile("Exited \\((-?\\d+)\\).*");

  private ContainerReading() {}

  static ContainerSummary summary(JsonNode json) {
    String status = json.path("Status").asText();
    ContainerState state = ContainerState.of(json.path("State").asText());
    return new ContainerSummary(
        new ContainerId(json.path("Id").asText()),
        ownName(Json.list(json.path("Names"))),
        json.path("Image").asText(),
        new ImageId(json.path("ImageID").asText()),
        json.path("Command").asText(),
        Instant.ofEpochSecond(json.path("Created").asLong()),
        state,
        status,
        health(status),
        exitCode(status),
        Json.strings(json.path("Labels")),
        ports(json.path("Ports")),
        mounts(json.path("Mounts")),
        Json.names(json.path("NetworkSettings").path("Networks")));
  }

  /// Names with a second slash are links from other containers.
  private static ContainerName ownName(List<String> names) {
    String name =
        names.stream()
            .map(it -> it.startsWith("/") ? it.substring(1) : it)
            .filter(it -> it.indexOf('/') < 0)
            .findFirst()
            .orElse("unnamed");
    return new ContainerName(name);
  }

  /// The list has the exit code only in its text for people: `Exited (3) 2 seconds ago`.
  static Optional<ExitCode> exitCode(String status) {
    Matcher exited = EXITED.matcher(status);
    return exited.matches()
        ? Optional.of(new ExitCode(Integer.parseInt(exited.group(1))))
        : Optional.empty();
  }

  /// And the health too: `Up 3 minutes (healthy)`, `Up 1 second (health: starting)`.
  static HealthState health(String status) {
    if (status.endsWith("(healthy)")) {
      return HealthState.HEALTHY;
    }
    if (status.endsWith("(unhealthy)")) {
      return HealthState.UNHEALTHY;
    }
    return status.endsWith("(health: starting)") ? HealthState.STARTING : HealthState.NONE;
  }

  private static List<PublishedPort> ports(JsonNode json) {
    List<PublishedPort> ports = new ArrayList<>();
    for (JsonNode each : json) {
      int hostPort = each.path("PublicPort").asInt();
      ports.add(
          new PublishedPort(
              new ExposedPort(each.path("PrivatePort").asInt(), each.path("Type").asText("tcp")),
              Json.text(each.path("IP")),
              hostPort == 0 ? Optional.empty() : Optional.of(hostPort)));
    }
    return ports;
  }

  private static List<MountPoint> mounts(JsonNode json) {
    List<MountPoint> mounts = new ArrayList<>();
    for (JsonNode each : json) {
      mounts.add(
          new MountPoint(
              each.path("Type").asText(),
              each.path("Name").asText(),
              each.path("Source").asText(),
              each.path("Destination").asText()));
    }
    return mounts;
  }

  static ContainerDetails details(JsonNode json) {
    JsonNode state = json.path("State");
    ContainerState word = ContainerState.of(state.path("Status").asText());
    return new ContainerDetails(
        new ContainerId(json.path("Id").asText()),
        ownName(List.of(json.path("Name").asText())),
        new ImageId(json.path("Image").asText()),
        word,
        healthWord(state.path("Health").path("Status").asText()),
        exitCode(word, state),
        state.path("OOMKilled").asBoolean(),
        Json.text(state.path("Error")),
        Json.time(state.path("StartedAt")),
        Json.time(state.path("FinishedAt")),
        healthLog(state.path("Health").path("Log")),
        Json.strings(json.path("Config").path("Labels")),
        addresses(json.path("NetworkSettings").path("Networks")),
        json.path("Config").path("Tty").asBoolean());
  }

  /// A running container's code is a left-over 0; a created one's is real only when a start failed.
  private static Optional<ExitCode> exitCode(ContainerState word, JsonNode state) {
    int code = state.path("ExitCode").asInt();
    return switch (word) {
      case RUNNING, PAUSED -> Optional.empty();
      case CREATED -> code == 0 ? Optional.empty() : Optional.of(new ExitCode(code));
      case RESTARTING, REMOVING, EXITED, DEAD -> Optional.of(new ExitCode(code));
    };
  }

  private static HealthState healthWord(String word) {
    return word.isEmpty() ? HealthState.NONE : HealthState.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static List<HealthResult> healthLog(JsonNode json) {
    List<HealthResult> results = new ArrayList<>();
    for (JsonNode each : json) {
      results.add(
          new HealthResult(
              Json.time(each.path("Start")).orElse(Instant.EPOCH),
              Json.time(each.path("End")).orElse(Instant.EPOCH),
              each.path("ExitCode").asInt(),
              each.path("Output").asText()));
    }
    return results;
  }

  private static Map<String, String> addresses(JsonNode networks) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : networks.properties()) {
      Json.text(each.getValue().path("IPAddress"))
          .or(() -> Json.text(each.getValue().path("GlobalIPv6Address")))
          .ifPresent(it -> addresses.put(each.getKey(), it));
    }
    return addresses;
  }
}
