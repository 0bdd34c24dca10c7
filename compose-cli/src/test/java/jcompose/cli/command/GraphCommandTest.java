package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GraphCommandTest {
  @TempDir private Path folder;

  private String graph(String... words) throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: shop
        services:
          web:
            build: ./web
            ports: ["127.0.0.1:8080:80", "53/udp"]
            depends_on: {db: {condition: service_healthy, required: false}}
          db: {image: "d:1", volumes: ["data:/data", "./conf:/conf"]}
          tool: {image: "t:1", profiles: [tools]}
        networks: {default: {internal: true}, unused: {}}
        volumes: {data: {external: true}}
        """);
    return CommandLineRun.of(folder, Stream.concat(Stream.of("graph"), Stream.of(words)).toList())
        .printed();
  }

  @Test
  void json_has_all_that_is_drawn() throws IOException {
    assertThat(graph("--format", "json").replaceAll("\\s", ""))
        .isEqualTo(
            """
            {"version":1,"project":"shop","services":[
            {"name":"web","wave":2,"source":"build./web","replicas":1,
            "ports":["127.0.0.1:8080→80","→53/udp"],"networks":["default"],"volumes":[]},
            {"name":"db","wave":1,"source":"d:1","replicas":1,
            "ports":[],"networks":["default"],"volumes":["data"]}],
            "arrows":[{"from":"db","to":"web","condition":"service_healthy",
            "required":false,"restart":false}],
            "networks":[{"key":"default","note":"internal"}],
            "volumes":[{"key":"data","note":"external"}]}\
            """
                .replace("\n", ""));
  }

  @Test
  void named_services_bring_what_they_depend_on_and_a_file_takes_the_drawing() throws IOException {
    assertThat(graph("--format", "dot", "-o", "out.dot", "tool")).isEmpty();
    assertThat(Files.readString(folder.resolve("out.dot"))).contains("tool").doesNotContain("db");
    assertThat(graph("web")).startsWith("<svg ").contains(">db<").doesNotContain("tool");
  }

  @Test
  void a_format_that_is_none_is_refused() throws IOException {
    assertThat(graph("--format", "png"))
        .contains("unsupported format \"png\": use svg, mermaid, dot or json");
  }
}
