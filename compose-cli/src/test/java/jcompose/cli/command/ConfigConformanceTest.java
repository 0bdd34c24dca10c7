package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Runs `config` on a folder of cases with the output docker compose gives for them: a folder a
/// case with `case.json` (`args`, `config_args`, `env`, `expect`, `compare`), its compose files,
/// and `expected.json` or `expected.txt`, in which `${DIR}` is the case's folder and `${HOME}` the
/// home.
@EnabledIfEnvironmentVariable(
    named = "JCOMPOSE_CONFORMANCE",
    matches = ".+",
    disabledReason = "JCOMPOSE_CONFORMANCE names no folder of cases")
class ConfigConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> every_case_gives_what_docker_compose_gives() throws IOException {
    Path root = Path.of(System.getenv("JCOMPOSE_CONFORMANCE")).toRealPath();
    List<Path> cases;
    try (Stream<Path> files = Files.walk(root)) {
      cases = files.filter(it -> it.endsWith("case.json")).map(Path::getParent).sorted().toList();
    }
    return cases.stream()
        .map(it -> DynamicTest.dynamicTest(root.relativize(it).toString(), () -> check(it)));
  }

  private static void check(Path folder) throws IOException {
    JsonNode spec = JSON.readTree(folder.resolve("case.json").toFile());
    var arguments = new ArrayList<>(texts(spec.path("args")));
    arguments.add("config");
    arguments.addAll(
        spec.has("config_args") ? texts(spec.get("config_args")) : List.of("--format", "json"));
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", System.getenv("HOME"));
    environment.put("PATH", System.getenv("PATH"));
    spec.path("env")
        .properties()
        .forEach(it -> environment.put(it.getKey(), it.getValue().asText()));
    var output = new ByteArrayOutputStream();
    var error = new ByteArrayOutputStream();
    int status =
        Cli.run(
            arguments,
            new Invocation(
                environment,
                folder,
                InputStream.nullInputStream(),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(error, true, StandardCharsets.UTF_8),
                Terminal.NONE,
                _ -> () -> {}));
    String text = output.toString(StandardCharsets.UTF_8);
    if (spec.get("expect").asText().equals("error")) {
      assertThat(status).isNotZero();
      assertThat(text).isEmpty();
      return;
    }
    assertThat(status).as(error.toString(StandardCharsets.UTF_8)).isZero();
    compare(folder, spec.path("compare").asText(), text);
  }

  private static void compare(Path folder, String how, String text) throws IOException {
    if (Files.exists(folder.resolve("expected.json"))) {
      JsonNode expected = JSON.readTree(expected(folder, "expected.json"));
      JsonNode given = JSON.readTree(text);
      assertThat(numbers(how.equals("subset") ? common(given, expected) : given))
          .isEqualTo(numbers(expected));
    } else if (how.equals("lines")) {
      assertThat(text.lines().sorted())
          .containsExactlyElementsOf(expected(folder, "expected.txt").lines().sorted().toList());
    } else {
      assertThat(text).isEqualTo(expected(folder, "expected.txt"));
    }
  }

  private static String expected(Path folder, String name) throws IOException {
    return Files.readString(folder.resolve(name))
        .replaceAll("(?<!\\$)\\$\\{DIR}", folder.toString())
        .replaceAll("(?<!\\$)\\$\\{HOME}", System.getenv("HOME"));
  }

  /// The keys of `given` that `expected` has too.
  private static JsonNode common(JsonNode given, JsonNode expected) {
    if (!given.isObject() || !expected.isObject()) {
      return given;
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    expected
        .properties()
        .forEach(
            it -> {
              if (given.has(it.getKey())) {
                result.set(it.getKey(), common(given.get(it.getKey()), it.getValue()));
              }
            });
    return result;
  }

  /// Numbers of one kind, so that 1 and 1.0 are equal.
  private static JsonNode numbers(JsonNode node) throws IOException {
    return JSON.readTree(
        JSON.writeValueAsString(node).replaceAll("(?<=[:,\\[])(-?\\d+)\\.0(?=[,}\\]])", "$1"));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(it -> texts.add(it.asText()));
    return texts;
  }
}
