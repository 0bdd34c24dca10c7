package jcompose.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jcompose.core.engine.EngineEvent;
import jcompose.core.resource.ProcessList;
import org.junit.jupiter.api.Test;

final class ProcessTableTest {
  @Test
  void columns_of_all_containers_are_there_and_the_command_is_last() {
    var table = new ProcessTable();
    table.add("web", 1, new ProcessList(List.of("PID", "CMD"), List.of(List.of("7", "nginx -g"))));
    table.add("db", 2, new ProcessList(List.of("UID", "PID"), List.of(List.of("root", "12345"))));
    var out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            SERVICE  #   PID    UID   CMD
            web      1   7      -     nginx -g
            db       2   12345  root  -
            """);
  }

  @Test
  void an_event_is_told_without_composes_own_labels() {
    var event =
        new EngineEvent(
            Instant.parse("2026-01-02T03:04:05.6Z"),
            "container",
            "start",
            "ab12",
            Map.of("com.docker.compose.service", "web", "name", "shop-web-1", "image", "x"));
    assertThat(EventLines.text(event))
        .endsWith(":05.600000 container start ab12 (image=x, name=shop-web-1)");
    assertThat(EventLines.json(event))
        .startsWith(
            "{\"action\":\"start\",\"attributes\":{\"image\":\"x\",\"name\":\"shop-web-1\"},"
                + "\"id\":\"ab12\",\"service\":\"web\",\"time\":\"2026-01-0")
        .endsWith("\"type\":\"container\"}");
  }
}
