package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ConfigVariablesTest {
  private static String variables(String... format) {
    return variablesOf("name: x\nservices:\n  a:\n    image: 'i:${TAG:-1}${B?no}'\n", format);
  }

  private static String variablesOf(String file, String... format) {
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
  void are_said_once_with_all_that_is_said_of_them() {
    String file = "name: $N\nservices: {a: {image: '$A ${A:-d} ${A:-e} ${A?m}', user: '${'}}\n";
    assertThat(variablesOf(file).lines().skip(1).map(it -> it.replaceAll(" +", " ").strip()))
        .containsExactly("A true d", "false");
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
