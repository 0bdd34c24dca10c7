package jcompose.cli.output;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jcompose.cli.template.TreeJson;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.engine.EngineEvent;

/// Events of containers, a line each, without the labels that are compose's own.
public final class EventLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  private EventLines() {}

  /// `2026-01-02 15:04:05.000000 container start 4f… (image=…, name=…)`.
  public static String text(EngineEvent event) {
    return TIME.format(event.time().atZone(ZoneId.systemDefault()))
        + " container "
        + event.action()
        + " "
        + event.actorId()
        + attributes(event).entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  public static String json(EngineEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("action", event.action());
    line.put("attributes", attributes(event));
    line.put("id", event.actorId());
    line.put("service", event.attributes().getOrDefault(ComposeLabels.SERVICE, ""));
    line.put(
        "time",
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            event.time().truncatedTo(ChronoUnit.NANOS).atZone(ZoneId.systemDefault())));
    line.put("type", "container");
    return TreeJson.of(line);
  }

  private static Map<String, String> attributes(EngineEvent event) {
    var attributes = new TreeMap<>(event.attributes());
    attributes.keySet().removeIf(it -> it.startsWith("com.docker.compose."));
    return attributes;
  }
}
