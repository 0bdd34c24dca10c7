package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LoaderPropertiesTest {
  private static final List<String> PIECES =
      List.of(
          "services:",
          "web:",
          "db:",
          "image: x",
          "build: .",
          "ports:",
          "- 80:80",
          "- target: 80",
          "\n",
          "\n  ",
          "\n    ",
          "\n      ",
          " ",
          "volumes:",
          "- ./a:/b",
          "- data:/d:ro",
          "networks:",
          "default:",
          "environment:",
          "- A=1",
          "A: $B",
          "${A:-b}",
          "${",
          "$",
          "depends_on: [db]",
          "extends: db",
          "extends: {service: web}",
          "healthcheck: {test: x}",
          "deploy: {replicas: 2}",
          "scale: 1",
          "name: n",
          "null",
          "~",
          "[]",
          "{}",
          "[",
          "{",
          "&a",
          "*a",
          "<<: *a",
          "!reset",
          "!override",
          "'",
          "\"",
          "|",
          "- ",
          ": ",
          "#",
          "---",
          "command: a 'b",
          "secrets: [s]",
          "profiles: [p]",
          "ulimits: {a: 1}",
          "mem_limit: 1x",
          "x-a: 1",
          "include: [x]",
          "configs: {c: {content: x}}",
          "2024-01-01",
          "1.5",
          "\t",
          "\u0000",
          "é");

  @Provide
  Arbitrary<String> almostCompose() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(it -> String.join("", it));
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
  }

  @Property(tries = 3000)
  void almost_a_compose_file_loads_or_is_rejected(@ForAll("almostCompose") String text) {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 1000)
  void any_bytes_load_or_are_rejected(@ForAll("bytes") byte[] bytes) {
    check(bytes);
  }

  private static void check(byte[] bytes) {
    var request =
        new LoadRequest(
            Path.of("/nonexistent-project"),
            List.of("-"),
            Optional.of("p"),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Map.of("A", "1"),
            () -> new ByteArrayInputStream(bytes),
            LoadRequest.Options.DEFAULT);
    long start = System.nanoTime();
    LoadResult result = new ProjectLoader().load(request);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    if (result instanceof LoadResult.Rejected rejected) {
      assertThat(rejected.problems()).isNotEmpty();
      rejected.problems().forEach(it -> assertThat(it.render()).isNotBlank());
    }
  }
}
