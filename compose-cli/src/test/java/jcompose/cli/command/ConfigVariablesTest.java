package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ConfigVariablesTest {
  private static String variables(String... format) {
    String file = "name: x\nservices:\n  a:\n    image: 'i:${TAG:-1}${B?no}'\n";
    var words =
        Stream.concat(Stream.of("-f", "-", "config", "--variables"), Stream.of(format)).toList();
    var run = CommandLineRun.of(Path.of("/"), Map.of(), file, words);
    assertThat(run.status()).as(run.printed()).isZero();
    return run.printed();
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
