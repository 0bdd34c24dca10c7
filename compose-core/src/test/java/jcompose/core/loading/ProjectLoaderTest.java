package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jcompose.core.loading.LoadResult.Loaded;
import jcompose.core.loading.LoadResult.Rejected;
import jcompose.core.model.Dependency;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.model.ServiceMount;
import jcompose.core.source.Diagnostic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLoaderTest {
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("shop")).toRealPath();
  }

  private void file(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  private Project load(String... files) {
    return load(Map.of(), files);
  }

  private Project load(Map<String, String> environment, String... files) {
    var request = LoadRequest.of(folder, environment).withFiles(List.of(files));
    return switch (new ProjectLoader().load(request)) {
      case Loaded(Project project, _) -> project;
      case Rejected(_, var problems) -> throw new AssertionError(shown(problems));
    };
  }

  private static <T> T at(Map<String, T> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }

  private List<Diagnostic> problems() {
    return new ProjectLoader().load(LoadRequest.of(folder, Map.of()))
            instanceof Rejected(_, var problems)
        ? problems
        : List.of();
  }

  private static String shown(List<Diagnostic> problems) {
    return String.join("\n", problems.stream().map(Diagnostic::render).toList());
  }

  @Test
  void a_service_is_read_with_what_it_implies() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          web:
            image: nginx:${TAG:-1}
            ports: ["8080:80"]
            volumes: [data:/d, ./conf:/etc/x:ro]
            depends_on: [db]
            links: [cache:c]
          db: {build: ./db, healthcheck: {test: ping, interval: 90s}}
          cache: {image: memcached}
          tool: {image: x, profiles: [tools]}
        volumes: {data: }
        """);
    Project project = load();
    Service web = at(project.services(), "web");

    assertThat(project.name()).isEqualTo("shop");
    assertThat(project.services().keySet()).containsExactly("web", "db", "cache");
    assertThat(project.disabledServices().keySet()).containsExactly("tool");
    assertThat(at(project.networks(), "default").name()).isEqualTo("shop_default");
    assertThat(at(project.volumes(), "data").name()).isEqualTo("shop_data");
    assertThat(web.image()).contains("nginx:1");
    assertThat(web.networking().ports().getFirst().published()).contains("8080");
    assertThat(web.storage().volumes().get(1))
        .isInstanceOfSatisfying(
            ServiceMount.Bind.class,
            it -> {
              assertThat(it.source()).isEqualTo(folder + "/conf");
              assertThat(it.readOnly()).isTrue();
            });
    assertThat(web.dependsOn())
        .containsEntry("db", new Dependency(Dependency.Condition.SERVICE_STARTED, false, true))
        .containsEntry("cache", new Dependency(Dependency.Condition.SERVICE_STARTED, true, true));
    assertThat(at(project.services(), "db").build().orElseThrow().context())
        .isEqualTo(folder + "/db");
    assertThat(at(project.services(), "db").healthcheck().orElseThrow().test())
        .containsExactly("CMD-SHELL", "ping");
  }

  @Test
  void later_files_are_laid_over_earlier_ones() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          app:
            image: a
            command: [run]
            environment: [A=1, B=1]
            ports: ["80:80"]
            labels: {keep: me, drop: me}
        """);
    file(
        "over.yaml",
        """
        services:
          app:
            command: [other]
            environment: {B: 2, C: 3}
            ports: !override ["81:80"]
            labels: {drop: !reset null}
        """);
    Service app = at(load("compose.yaml", "over.yaml").services(), "app");

    assertThat(app.process().command()).contains(List.of("other"));
    assertThat(app.process().environment())
        .containsExactly(
            Map.entry("A", Optional.of("1")),
            Map.entry("B", Optional.of("2")),
            Map.entry("C", Optional.of("3")));
    assertThat(app.networking().ports()).hasSize(1);
    assertThat(app.networking().ports().getFirst().published()).contains("81");
    assertThat(app.labels()).containsOnlyKeys("keep");
  }

  @Test
  void extended_and_included_files_keep_their_own_folders() throws IOException {
    file(
        "compose.yaml",
        "include: [inc/c.yaml]\nservices: {a: {extends: {file: base/b.yaml, service: b}}}\n");
    file("base/b.yaml", "services: {b: {image: b, volumes: [./x:/x]}}\n");
    file("inc/c.yaml", "services: {c: {image: \"c:$V\", volumes: [./y:/y]}}\n");
    file("inc/.env", "V=1\n");
    Project project = load();

    assertThat(
            ((ServiceMount.Bind) at(project.services(), "a").storage().volumes().getFirst())
                .source())
        .isEqualTo(folder + "/base/x");
    assertThat(
            ((ServiceMount.Bind) at(project.services(), "c").storage().volumes().getFirst())
                .source())
        .isEqualTo(folder + "/inc/y");
    assertThat(at(project.services(), "c").image()).contains("c:1");
  }

  @Test
  void what_two_services_of_another_file_say_alike_is_said_once() throws IOException {
    file("compose.yaml", "services: {a: {extends: {file: sub/b.yaml, service: b}}}");
    file(
        "sub/b.yaml",
        "services: {b: {extends: c, dns: [1.1.1.1]}, c: {image: x, dns: [1.1.1.1, 8.8.8.8]}}");

    assertThat(at(load("compose.yaml").services(), "a").networking().dns())
        .containsExactly("1.1.1.1", "8.8.8.8");
  }

  @Test
  void all_problems_are_reported_at_once_each_at_its_place() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          web:
            imagee: nginx
            ports: ["80:70000"]
            depends_on: [dbb]
            networks: [front]
          db:
            image: 5
            command: "echo 'open"
        """);

    assertThat(problems())
        .extracting(it -> it.range().map(Object::toString).orElse("") + " " + it.code())
        .contains(
            "compose.yaml:3:5 unknown-key",
            "compose.yaml:4:13 bad-port",
            "compose.yaml:5:18 undefined-service",
            "compose.yaml:6:16 undefined-network",
            "compose.yaml:8:12 wrong-type",
            "compose.yaml:9:14 bad-command");
    assertThat(shown(problems()))
        .contains("did you mean \"image\"?")
        .contains("did you mean \"db\"?");
  }

  @Test
  void a_wrong_value_names_the_variable_it_came_from() throws IOException {
    file("compose.yaml", "services: {a: {image: a, scale: \"$N\"}}\n");
    file(".env", "\nN=two\n");

    assertThat(shown(problems())).contains("\"two\" is no integer (from N, set in .env:2)");
  }

  @Test
  void a_cycle_is_shown_whole() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          a: {image: x, depends_on: [b]}
          b: {image: x, depends_on: [c]}
          c: {image: x, depends_on: [b]}
        """);

    assertThat(shown(problems()))
        .contains("dependency cycle detected: b -> c -> b")
        .contains("b -> c at compose.yaml:3:30");
  }

  @Test
  void the_process_environment_counts_more_than_env_files() throws IOException {
    file("compose.yaml", "services: {a: {image: \"$A$B\", environment: [A], env_file: x.env}}\n");
    file(".env", "A=file\nB=file\n");
    file("x.env", "A=never\nX=$B\n");
    Service a = at(load(Map.of("A", "os")).services(), "a");

    assertThat(a.image()).contains("osfile");
    assertThat(a.process().environment())
        .containsOnly(Map.entry("A", Optional.of("os")), Map.entry("X", Optional.of("file")));
  }

  @Test
  void positions_of_keys_survive() throws IOException {
    file("compose.yaml", "services:\n  a:\n    image: x\n");
    var canonical = at(load().services(), "a").canonical();

    assertThat(canonical.position("image").orElseThrow()).hasToString("compose.yaml:3:12");
    assertThat(canonical.position("networks.default").orElseThrow().line()).isEqualTo(3);
  }

  @Test
  void a_search_domain_may_be_empty_but_a_name_server_may_not() throws IOException {
    file("compose.yaml", "services: {a: {image: i, dns: '', dns_search: ''}}\n");
    var networking = at(load().services(), "a").networking();

    assertThat(networking.dns()).isEmpty();
    assertThat(networking.dnsSearch()).containsExactly("");
  }

  @Test
  void no_file_at_all_has_its_own_reason() {
    assertThat(new ProjectLoader().load(LoadRequest.of(folder, Map.of())))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.reason().exitCode()).isEqualTo(14));
  }
}
