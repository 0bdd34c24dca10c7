package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jcompose.cli.settings.Interrupts;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainCommandTest {
  @TempDir private Path folder;

  private String explain(String... words) throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        services:
          web:
            image: "a:${T:-1}"
            ports: ["80:80"]
            labels: {com.foo: "\\e[31m"}
        """);
    Files.writeString(
        folder.resolve("compose.override.yaml"),
        "services: {web: {image: \"b:$V\", ports: !reset []}}\n");
    Files.writeString(folder.resolve(".env"), "V=2\n");
    var printed = new ByteArrayOutputStream();
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var invocation =
        new Invocation(
            Map.of(),
            folder,
            InputStream.nullInputStream(),
            stream,
            stream,
            Terminal.NONE,
            Interrupts.none());
    var line = new ArrayList<>(List.of("explain"));
    line.addAll(List.of(words));
    Cli.run(line, invocation);
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tells_the_chain_and_the_source_of_each_variable() throws IOException {
    assertThat(explain("web.image"))
        .isEqualTo(
            """
            services.web.image = "b:2"  compose.override.yaml:1:25
                written as "b:$V"
                V: "2" from .env:1
                replaced "a:1" of compose.yaml:3:12 (a later file or document counts more)
                  written as "a:${T:-1}"
                  T: not set, so "1" of its ${} stands there
            """);
    assertThat(explain("web.ports")).contains("is reset at compose.override.yaml:1:");
    assertThat(explain("networks.default")).contains("no file says it: default");
  }

  @Test
  void finds_a_key_with_dots_and_prints_no_control_character() throws IOException {
    assertThat(explain("web.labels.com.foo"))
        .contains("services.web.labels.com.foo = \"\\u001b[31m\"");
  }

  @Test
  void names_the_key_that_was_meant() throws IOException {
    assertThat(explain("web.imag")).contains("did you mean \"image\"?");
    assertThat(explain("wep")).contains("did you mean \"web\"?");
  }

  @Test
  void writes_the_same_as_json() throws IOException {
    assertThat(explain("--format", "json", "web.image"))
        .contains(
            "\"version\": 1", "\"cause\": \"file\"", "\"instead\": \"1\"", "\"value\": \"b:2\"");
  }
}
