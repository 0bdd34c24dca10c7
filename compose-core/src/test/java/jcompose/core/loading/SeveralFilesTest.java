package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jcompose.core.loading.LoadRequest.Options;
import jcompose.core.loading.ResolveResult.Resolved;
import jcompose.core.yaml.YamlMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What docker compose makes of files that name others.
class SeveralFilesTest {
  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ResolveResult load(Options options, String... services) throws IOException {
    return new ProjectLoader()
        .resolve(
            LoadRequest.of(folder.toRealPath(), Map.of())
                .withOptions(options)
                .withServices(List.of(services)));
  }

  private String service(ResolveResult result, String name) throws IOException {
    if (!(result instanceof Resolved(var project, var warnings))) {
      return ((ResolveResult.Unresolved) result).problems().toString();
    }
    assertThat(warnings).isEmpty();
    YamlMapping service =
        project.json().mapping("services").orElseThrow().mapping(name).orElseThrow();
    return JsonText.of(service.without("command").without("entrypoint").without("networks"))
        .replace(folder.toRealPath().toString(), "DIR");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {path: d/b.yaml}|true|DIR/d/x
          {path: d/b.yaml}|false|d/x
          {path: d/b.yaml, project_directory: e}|true|DIR/e/x
          {path: d/b.yaml, project_directory: e}|false|e/x
          {path: d/b.yaml, project_directory: missing}|true|DIR/x
          """)
  void an_included_file_has_a_folder_of_its_own(String include, boolean absolute, String source)
      throws IOException {
    write("compose.yaml", "include: [%s]".formatted(include));
    write("d/b.yaml", "services: {b: {image: i, volumes: [\"./x:/y\"]}}");
    write("e/.env", "");

    String shown = service(load(new Options(true, true, absolute, true, true, false)), "b");

    assertThat(shown).contains("\"source\":\"%s\"".formatted(source));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[{}]", "[{path: }]", "[{path: []}]", "[null]", "[]"})
  void an_include_of_nothing_is_none(String include) throws IOException {
    write("compose.yaml", "include: %s\nservices: {b: {image: i}}".formatted(include));

    assertThat(service(load(Options.DEFAULT), "b")).isEqualTo("{\"image\":\"i\"}");
  }

  @Test
  void what_is_wrong_in_a_base_and_replaced_is_no_mistake() throws IOException {
    write("compose.yaml", "services: {b: {extends: {file: base.yaml, service: z}, image: i}}");
    write("base.yaml", "services: {z: {image: 5}}");

    assertThat(service(load(Options.DEFAULT), "b")).isEqualTo("{\"image\":\"i\"}");
  }

  @Test
  void a_service_that_only_its_name_enables_is_shown_unchecked_but_not_run_so() throws IOException {
    write("compose.yaml", "services: {a: {image: i}, b: {profiles: [p]}}");

    assertThat(service(load(Options.DEFAULT, "b"), "b")).isEqualTo("{\"profiles\":[\"p\"]}");
    var request = LoadRequest.of(folder, Map.of()).withServices(List.of("b"));
    assertThat(new ProjectLoader().load(request)).isInstanceOf(LoadResult.Rejected.class);
  }

  @Test
  void a_named_service_brings_what_has_its_profile() throws IOException {
    write(
        "compose.yaml",
        """
        services:
          a: {image: i, profiles: [p], depends_on: [b]}
          b: {image: i, profiles: [p, q]}
          c: {image: i, profiles: [r], depends_on: [b]}
        """);

    assertThat(service(load(Options.DEFAULT, "a"), "b")).contains("profiles");
    assertThat(service(load(Options.DEFAULT, "c"), "c")).contains("no such service: b");
  }

  @ParameterizedTest
  @CsvSource({"true,no such service: z", "false,\"required\":false"})
  void what_a_named_service_requires_is_there(boolean required, String expected)
      throws IOException {
    write(
        "compose.yaml",
        "services: {a: {image: i, depends_on: {z: {condition: service_started, required: %s}}}}"
            .formatted(required));

    var unchecked = new Options(true, true, true, false, true, false);
    assertThat(service(load(unchecked, "a"), "a")).contains(expected);
  }

  @Test
  void label_files_see_what_earlier_ones_say_first() throws IOException {
    write("compose.yaml", "services: {a: {image: i, label_file: [one, two]}}");
    write("one", "A=1");
    write("two", "A=2\nB=$A");

    assertThat(service(load(Options.DEFAULT), "a")).contains("{\"A\":\"2\",\"B\":\"1\"}");
  }

  @Test
  void an_env_file_of_an_included_file_sees_what_that_file_sees() throws IOException {
    write("compose.yaml", "include: [{path: d/b.yaml, env_file: values.env}]");
    write("values.env", "V=1");
    write("d/b.yaml", "services: {b: {image: i, env_file: e}}");
    write("d/e", "MINE=${V?}\nV\n");

    assertThat(service(load(Options.DEFAULT), "b")).contains("{\"MINE\":\"1\",\"V\":\"1\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['${P:-1}:80', '1:1']|[\"${P:-1}:80\",\"1:1\"]",
        "['8:80']|[{\"mode\":\"ingress\",\"protocol\":\"tcp\",\"published\":\"8\",\"target\":80}]"
      })
  void ports_that_references_keep_from_being_read_stay_as_written(String ports, String expected)
      throws IOException {
    write("compose.yaml", "services: {b: {image: i, ports: %s}}".formatted(ports));

    assertThat(service(load(new Options(false, true, true, true, true, false)), "b"))
        .contains("\"ports\":" + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{d: {restart:"
            + " true}}|{\"condition\":\"service_healthy\",\"restart\":true,\"required\":false}",
        "[d]|{\"condition\":\"service_started\",\"required\":true}"
      })
  void a_dependency_of_a_later_file_keeps_what_it_does_not_say(String over, String expected)
      throws IOException {
    write(
        "compose.yaml",
        "services: {d: {image: d}, a: {image: i, depends_on: "
            + "{d: {condition: service_healthy, required: false}}}}");
    write("compose.override.yaml", "services: {a: {depends_on: %s}}".formatted(over));

    assertThat(service(load(Options.DEFAULT), "a")).contains("\"depends_on\":{\"d\":" + expected);
  }

  @Test
  void a_dependency_of_a_base_without_a_condition_waits_for_the_start() throws IOException {
    write("compose.yaml", "services: {d: {image: d}, a: {extends: {file: b, service: z}}}");
    write("b", "services: {z: {image: i, depends_on: {d: {}}}}");

    assertThat(service(load(Options.DEFAULT), "a")).contains("\"condition\":\"service_started\"");
  }

  @Test
  void a_missing_file_is_named_where_it_is_asked_for() throws IOException {
    write(
        "compose.yaml", "include: [bass.yaml]\nservices:\n  a: {extends: {file: bas, service: a}}");
    write("base.yaml", "");
    write("base", "");

    var result = (ResolveResult.Unresolved) load(Options.DEFAULT);
    assertThat(result.problems().stream().map(it -> it.render().replace(folder.toString(), "DIR")))
        .satisfiesExactlyInAnyOrder(
            it ->
                assertThat(it).startsWith("compose.yaml:3:23: error: open ").endsWith("\"base\"?"),
            it ->
                assertThat(it).startsWith("compose.yaml:1:11: error: open ").contains("base.yaml"));
  }

  @ParameterizedTest
  @CsvSource({"true,DIR/d", "false,d"})
  void a_base_of_a_base_keeps_its_folder(boolean absolute, String context) throws IOException {
    write("compose.yaml", "services: {a: {extends: {file: d/b.yaml, service: b}}}");
    write("d/b.yaml", "services: {b: {extends: {file: c.yaml, service: c}}}");
    write("d/c.yaml", "services: {c: {build: .}}");

    assertThat(service(load(new Options(true, true, absolute, true, true, false)), "a"))
        .contains("\"context\":\"%s\"".formatted(context));
  }

  @Test
  void values_are_not_filled_in_where_nothing_is_interpolated() throws IOException {
    write("compose.yaml", "services: {a: {build: {context: ., args: [V]}, environment: [V]}}");
    var request =
        LoadRequest.of(folder.toRealPath(), Map.of("V", "1"))
            .withOptions(new Options(false, true, true, true, true, false));

    assertThat(service(new ProjectLoader().resolve(request), "a"))
        .contains("\"environment\":[\"V\"]")
        .doesNotContain("V=1");
  }

  @Test
  void extra_hosts_of_a_later_file_do_not_repeat_what_is_said() throws IOException {
    write("compose.yaml", "services: {a: {image: i, extra_hosts: {h: 1.1.1.1}}}");
    write("compose.override.yaml", "services: {a: {extra_hosts: [\"h=1.1.1.1\", \"h=2.2.2.2\"]}}");

    assertThat(service(load(Options.DEFAULT), "a"))
        .contains("\"extra_hosts\":[\"h=1.1.1.1\",\"h=2.2.2.2\"]");
  }
}
