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
        "network                | 0 | Run 'jcompose network COMMAND --help' for more",
        "network --help         | 0 | connect     Connect a container to a network",
        "network ls --help      | 0 | jcompose network ls, jcompose network list",
        "network crate          | 16 | Did you mean \"create\"?",
        "network ls extra       | 1 | \"jcompose network ls\" accepts no arguments.",
        "network rm             | 1 | \"jcompose network rm\" requires at least 1 argument.",
        "network disconnect n   | 1 | requires exactly 2 arguments.",
        "volume create a b      | 1 | \"jcompose volume create\" requires at most 1 argument.",
        "network ls --bogus     | 125 | unknown flag: --bogus",
        "network ls -Z          | 125 | unknown shorthand flag: 'Z' in -Z",
        "network ls --format    | 125 | flag needs an argument: --format",
        "network ls -f bogus    | 125 | for \"-f, --filter\" flag: bad format of filter",
        "container run          | 1 | \"jcompose container run\" requires at least 1 argument.",
        "container run -p x bb  | 125 | jcompose: Invalid containerPort: x.",
        "container run -m x bb  | 125 | for \"-m, --memory\" flag: invalid size: 'x'",
        "container exec c       | 1 | \"jcompose container exec\" requires at least 2 arguments.",
        "container run --help   | 0 | jcompose container run [OPTIONS] IMAGE [COMMAND] [ARG...]",
        "--dry-run network ls   | 1 | --dry-run is for projects",
        "ps --status gone   | 1 | invalid status \"gone\"",
      })
  void answers_with_a_sentence_and_an_exit_code(String line, int status, String sentence) {
    var run = CommandLineRun.of(Path.of("/"), List.of(line.split(" ")));
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.printed()).contains(sentence);
  }
}
