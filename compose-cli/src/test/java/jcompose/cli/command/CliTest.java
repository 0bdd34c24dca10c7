package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
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

final class CliTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verzion            | 16 | Did you mean \"version\"?",
        "--dri              | 16 | Did you mean \"--dry-run\"?",
        "version --shrt     | 16 | unknown flag: --shrt",
        "version extra      | 16 | takes no argument \"extra\"",
        "version            | 0 | jcompose version v",
        "-v                 | 0 | jcompose version v",
        "up --help          | 0 | --abort-on-container-exit",
        "--help             | 0 | Create and start containers",
        "--engine x ls      | 1 | unsupported --engine value \"x\": use bundled, docker",
        "up -d --attach web | 1 | --detach cannot be combined",
        "down --rmi some    | 1 | invalid value for --rmi: \"some\": use local or all",
        "ps --status gone   | 1 | invalid status \"gone\"",
      })
  void answers_with_a_sentence_and_an_exit_code(String line, int status, String sentence) {
    var printed = new ByteArrayOutputStream();
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var invocation =
        new Invocation(
            Map.of(),
            Path.of("/"),
            InputStream.nullInputStream(),
            stream,
            stream,
            Terminal.NONE,
            Interrupts.none());
    assertThat(Cli.run(List.of(line.split(" ")), invocation)).isEqualTo(status);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(sentence);
  }
}
