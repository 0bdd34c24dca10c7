package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
          heir: {extends: web, ports: ["80:80"]}
          debug: {image: d, profiles: [dev]}
          twice: {image: d, ports: ["80:80", "80:80/tcp"]}
        volumes: {old: {}}
        """);
    Files.writeString(
        folder.resolve("compose.override.yaml"),
        "services: {web: {image: \"b:$V\", ports: !reset []}}\n");
    Files.writeString(folder.resolve(".env"), "V=2\n");
    return CommandLineRun.of(folder, Stream.concat(Stream.of("explain"), Stream.of(words)).toList())
        .printed();
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
    assertThat(explain("networks.default"))
        .contains("(no file says it; default: the project's name and its key)");
  }

  @Test
  void tells_what_is_no_part_of_the_project() throws IOException {
    assertThat(explain("debug"))
        .isEqualTo(
            """
            services.debug of compose.yaml:7:3 is left out: none of its profiles is enabled: dev
            """);
    assertThat(explain("volumes.old")).contains("is left out: no service of the project uses it");
    assertThat(explain("--format", "json", "debug")).contains("\"left_out\": [");
  }

  @Test
  void tells_what_put_an_item_of_a_list_in_the_place_of_another() throws IOException {
    assertThat(explain("heir.ports"))
        .contains("(the service counts more than the one it extends)")
        .doesNotContain("the last of items");
    assertThat(explain("twice.ports")).contains("the last of items that say the same thing counts");
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
