package jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program behaves as a process of its own, although a warm JVM runs its commands.
@Timeout(60)
final class LauncherIT {
  private static final Path PROGRAM = Path.of("target/jcompose/bin/jcompose").toAbsolutePath();

  @TempDir private Path folder;

  private record Ended(int status, String output) {}

  @BeforeEach
  void project() throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        "name: demo\nservices: {web: {image: 'nginx:${TAG-none}', user: '${NEW-}'}}\n");
  }

  @Test
  void sees_folder_and_environment_of_each_caller() throws Exception {
    assertThat(shell("TAG=1 $0 config").output).contains("image: nginx:1");
    assertThat(shell("TAG=2 NEW=me $0 config").output).contains("image: nginx:2", "user: me");
    assertThat(shell("$0 config").output).contains("image: nginx:none").doesNotContain("user: me");
    assertThat(shell("mkdir sub && cd sub && $0 config --services").output).isEqualTo("web\n");
  }

  @Test
  void adds_no_variable_to_those_of_the_caller() throws Exception {
    Files.writeString(
        folder.resolve("shell.yaml"),
        "name: shell\nservices: {web: {image: 'a:${PWD-none}-${OLDPWD-none}-${_-none}'}}\n");
    assertThat(shell("env -u OLDPWD -u PWD -u _ $0 -f shell.yaml config --images").output)
        .isEqualTo("a:none-none-none\n");
  }

  @Test
  void passes_exit_status_and_input() throws Exception {
    assertThat(shell("$0 nonsense 2>&1").status).isEqualTo(16);
    assertThat(shell("$0 -f - config --services < compose.yaml").output).isEqualTo("web\n");
    assertThat(shell("printf 'one\\ntwo\\n' | ($0 version >/dev/null; cat)").output)
        .as("input that the command does not read is left")
        .isEqualTo("one\ntwo\n");
  }

  @Test
  void two_callers_at_once_are_both_served() throws Exception {
    var both = shell("for i in 1 2 3 4; do TAG=$i $0 config --images & done; wait");
    assertThat(both.output.lines().sorted())
        .containsExactly("nginx:1", "nginx:2", "nginx:3", "nginx:4");
  }

  @Test
  void ctrl_c_ends_a_command_that_does_not_handle_it() throws Exception {
    // A child of a shell script ignores SIGINT in the background, hence the foreground and timeout.
    assertThat(shell("sleep 20 | timeout --preserve-status -s INT 2 $0 -f - config").status)
        .isEqualTo(130);
  }

  @Test
  void a_reader_that_goes_ends_the_command() throws Exception {
    var large = new StringBuilder("name: large\nservices:\n");
    for (int i = 0; i < 20_000; i++) {
      large.append("  service-").append(i).append(": {image: nginx}\n");
    }
    Files.writeString(folder.resolve("large.yaml"), large);
    var ended = shell("$0 -f large.yaml config --services | head -n 1; echo ${PIPESTATUS[0]}");
    assertThat(ended.output).isEqualTo("service-0\n141\n"); // of SIGPIPE, as any program
  }

  @Test
  void runs_without_a_warm_jvm_too() throws Exception {
    assertThat(shell("JCOMPOSE_WARM=off TAG=3 $0 config").output).contains("image: nginx:3");
    assertThat(shell("$0 config --services <&-").output).isEqualTo("web\n");
  }

  private Ended shell(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-c", script, PROGRAM.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
