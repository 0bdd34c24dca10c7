package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
    var run = CommandLineRun.of(Path.of("/"), List.of(line.split(" ")));
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.printed()).contains(sentence);
  }
}
