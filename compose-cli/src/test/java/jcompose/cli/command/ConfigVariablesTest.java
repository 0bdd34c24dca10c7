package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jcompose.cli.settings.Interrupts;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;
import org.junit.jupiter.api.Test;

final class ConfigVariablesTest {
  private static String variables(String... format) {
    var printed = new ByteArrayOutputStream();
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    String file = "name: x\nservices:\n  a:\n    image: 'i:${TAG:-1}${B?no}'\n";
    var invocation =
        new Invocation(
            Map.of(),
            Path.of("/"),
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            stream,
            stream,
            Terminal.NONE,
            Interrupts.none());
    var line = new java.util.ArrayList<>(List.of("-f", "-", "config", "--variables"));
    line.addAll(List.of(format));
    assertThat(Cli.run(line, invocation)).as(printed.toString(StandardCharsets.UTF_8)).isZero();
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void are_a_table_unless_a_format_is_given() {
    assertThat(variables().lines().map(it -> it.replaceAll(" +", " ").strip()))
        .containsExactly("NAME REQUIRED DEFAULT VALUE ALTERNATE VALUE", "TAG false 1", "B true");
  }

  @Test
  void are_records_by_name_as_yaml_and_json() {
    assertThat(variables("--format", "yaml"))
        .isEqualTo(
            """
            B:
              name: B
              defaultvalue: ""
              presencevalue: ""
              required: true
            TAG:
              name: TAG
              defaultvalue: "1"
              presencevalue: ""
              required: false
            """);
    assertThat(variables("--format", "json").replaceAll("\\s", ""))
        .isEqualTo(
            "{\"B\":{\"Name\":\"B\",\"DefaultValue\":\"\",\"PresenceValue\":\"\",\"Required\":true},"
                + "\"TAG\":{\"Name\":\"TAG\",\"DefaultValue\":\"1\",\"PresenceValue\":\"\",\"Required\":false}}");
  }
}
