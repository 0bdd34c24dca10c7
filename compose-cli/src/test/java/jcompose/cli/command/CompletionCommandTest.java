package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionCommandTest {
  @TempDir private Path folder;

  private String run(String... words) {
    return CommandLineRun.of(folder, List.of(words)).printed();
  }

  /// The script in a real bash, with a `jcompose` that knows two services.
  @ParameterizedTest
  @CsvSource({
    "jcompose sta, 'start stats'",
    "jcompose -f a.yaml --profile x sto, stop",
    "jcompose logs --ti, --timestamps",
    "jcompose logs w, web",
    "jcompose -f other.yaml up d, db",
    "jcompose netw, network",
    "jcompose network in, inspect",
    "jcompose -H x network cre, create",
    "jcompose network create --sub, --subnet",
    "jcompose network rm d, db",
    "jcompose --proj, '--project-directory --project-name'"
  })
  void bash_completes_verbs_options_and_services(String line, String expected) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, run("completion", "bash"));
    var bash =
        new ProcessBuilder(
                "bash",
                "-c",
                """
                jcompose() { echo web; echo db; }
                . "$1"
                COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _jcompose
                printf '%s\\n' "${COMPREPLY[@]}" | sort | paste -sd' '
                """,
                "bash",
                script.toString(),
                line)
            .redirectErrorStream(true)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(output.strip()).isEqualTo(expected);
  }

  @Test
  void the_other_shells_have_scripts_too() {
    assertThat(run("completion", "zsh")).startsWith("#compdef jcompose\n").contains("'cp:Copy");
    assertThat(run("completion", "fish")).contains("-s f -l follow", "config --services");
    assertThat(run("completion", "ksh")).contains("unsupported shell \"ksh\"");
  }
}
