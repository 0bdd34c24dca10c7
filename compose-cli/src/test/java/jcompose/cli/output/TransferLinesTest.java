package jcompose.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TransferLinesTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private String shown(boolean terminal, int columns) {
    var lines =
        new TransferLines(
            new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, () -> columns);
    lines.progress("", "Pulling from bb", Optional.empty(), Optional.empty());
    lines.progress("a1", "Downloading", Optional.of(500L), Optional.of(1000L));
    lines.progress("b2", "Waiting", Optional.empty(), Optional.empty());
    lines.progress("a1", "Pull complete", Optional.empty(), Optional.empty());
    lines.progress("", "Status: done", Optional.empty(), Optional.empty());
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void files_get_a_line_a_change_without_bars() {
    assertThat(shown(false, 0))
        .isEqualTo("Pulling from bb\nb2: Waiting\na1: Pull complete\nStatus: done\n");
  }

  @Test
  void a_terminal_gets_a_line_a_layer_drawn_in_its_place() {
    assertThat(shown(true, 80))
        .isEqualTo(
            """
            Pulling from bb
            a1: Downloading     500B/1kB
            b2: Waiting
            \u001b[2A\u001b[2K\ra1: Pull complete\r\u001b[2BStatus: done
            """);
  }

  @Test
  void a_wide_one_gets_bars() {
    assertThat(shown(true, 120))
        .contains("a1: Downloading [" + "=".repeat(25) + ">" + " ".repeat(25) + "]      500B/1kB");
  }
}
