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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobalFlagsTest {
  private static String run(String line) {
    var printed = new ByteArrayOutputStream();
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    String file = "services: {a: {build: ./b}}\nnetworks: {unused: }\n";
    var invocation =
        new Invocation(
            Map.of(),
            Path.of("/here"),
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            stream,
            stream,
            Terminal.NONE,
            Interrupts.none());
    Cli.run(List.of(line.split(" ")), invocation);
    return printed.toString(StandardCharsets.UTF_8);
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
