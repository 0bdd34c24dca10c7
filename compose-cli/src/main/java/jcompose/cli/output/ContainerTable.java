package jcompose.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerSummary.PublishedPort;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;

/// `ps`: a table as docker compose prints it, or one JSON object a line.
public final class ContainerTable {
  private static final int COMMAND_WIDTH = 20;

  private ContainerTable() {}

  /// @param now for the column CREATED
  /// @param truncate shortens commands
  public static void print(List<Replica> replicas, PrintStream out, Instant now, boolean truncate) {
    var table = new Table("NAME", "IMAGE", "COMMAND", "SERVICE", "CREATED", "STATUS", "PORTS");
    for (Replica replica : replicas) {
      ContainerSummary it = replica.summary();
      table.row(
          it.name().value(),
          it.image(),
          command(it.command(), truncate),
          replica.service(),
          Ages.human(Duration.between(it.created(), now)) + " ago",
          it.status(),
          ports(it.ports()));
    }
    table.print(out);
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

  /// One object a line, with the fields of docker compose.
  public static void printJson(List<Replica> replicas, PrintStream out, Instant now) {
    for (Replica replica : replicas) {
      var text = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
        write(json, replica, now);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // a StringWriter does not fail
      }
      out.println(text);
    }
  }

  private static void write(JsonGenerator json, Replica replica, Instant now) throws IOException {
    ContainerSummary it = replica.summary();
    json.writeStartObject();
    json.writeStringField("Command", command(it.command(), true));
    json.writeStringField("CreatedAt", it.created().toString());
    json.writeNumberField("ExitCode", it.exitCode().map(ExitCode::value).orElse(0));
    json.writeStringField(
        "Health",
        it.health() == HealthState.NONE ? "" : it.health().name().toLowerCase(Locale.ROOT));
    json.writeStringField("ID", it.id().shortId());
    json.writeStringField("Image", it.image());
    json.writeStringField(
        "Labels",
        it.labels().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(",")));
    json.writeStringField(
        "LocalVolumes",
        Long.toString(it.mounts().stream().filter(m -> m.type().equals("volume")).count()));
    json.writeStringField(
        "Mounts",
        it.mounts().stream()
            .map(m -> m.name().isEmpty() ? m.source() : m.name())
            .collect(Collectors.joining(",")));
    json.writeStringField("Name", it.name().value());
    json.writeStringField("Names", it.name().value());
    json.writeStringField("Networks", String.join(",", it.networks()));
    json.writeStringField("Ports", ports(it.ports()));
    json.writeStringField("Project", it.labels().getOrDefault(ComposeLabels.PROJECT, ""));
    json.writeArrayFieldStart("Publishers");
    for (PublishedPort port : it.ports()) {
      json.writeStartObject();
      json.writeStringField("URL", port.hostAddress().orElse(""));
      json.writeNumberField("TargetPort", port.containerPort().number());
      json.writeNumberField("PublishedPort", port.hostPort().orElse(0));
      json.writeStringField("Protocol", port.containerPort().protocol());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("RunningFor", Ages.human(Duration.between(it.created(), now)) + " ago");
    json.writeStringField("Service", replica.service());
    json.writeStringField("State", it.state().word());
    json.writeStringField("Status", it.status());
    json.writeEndObject();
  }
}
