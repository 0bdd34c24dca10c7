package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobalFlagsTest {
  private static String run(String line) {
    String file = "services: {a: {build: ./b}}\nnetworks: {unused: }\n";
    return CommandLineRun.of(Path.of("/here"), Map.of(), file, List.of(line.split(" "))).printed();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-f - config --images|here-a",
        "--compatibility -f - config --images|here_a",
        "-f - --all-resources config --networks|unused",
        "--workdir /there -f - config|context: /there/b",
        "--workdir /x --project-directory /y -f - config|cannot specify --workdir",
        "-f - convert|name: here"
      })
  void a_flag_does_what_it_says(String line, String expected) {
    assertThat(run(line)).contains(expected);
  }
}
