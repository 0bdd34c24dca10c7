package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.loading.ResolveResult.Resolved;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir private Path folder;

  private ResolvedProject resolve(Map<String, String> environment, String... files) {
    var request = LoadRequest.of(folder, environment).withFiles(List.of(files));
    if (new ProjectLoader().resolve(request) instanceof Resolved(var project, _)) {
      return project;
    }
    throw new AssertionError("rejected");
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static YamlNode at(YamlMapping tree, String path) {
    YamlNode node = tree;
    for (String key : path.split("\\.")) {
      node = Optional.ofNullable(((YamlMapping) node).get(key)).orElseThrow();
    }
    return node;
  }

  /// `3:12 FILE 2:12 …`: a value's place, why it replaced the earlier one, and that one's place.
  private static String chain(Origin origin) {
    String place = origin.range().toString();
    return origin
        .replaced()
        .map(
            it ->
                "%s %s %s=%s"
                    .formatted(
                        place,
                        it.cause(),
                        it.value() instanceof YamlScalar scalar ? scalar.text() : "",
                        chain(it.value().origin())))
        .orElse(place);
  }

  @Test
  void a_value_remembers_each_value_it_replaced_and_why() throws IOException {
    file("base.yaml", "services: {b: {image: x, environment: {A: 0}}}\n");
    file(
        "compose.yaml",
        """
        services:
          web:
            extends: {service: b, file: base.yaml}
            image: y
            command: [a]
            ports: ["80:80"]
            env_file: [e.env]
            environment: [A=1, A=2, E=own]
        """);
    file("over.yaml", "services: {web: {image: z, command: !override [b], ports: !reset []}}\n");
    file("e.env", "E=file\nF=file\n");

    ResolvedProject project = resolve(Map.of(), "compose.yaml", "over.yaml");
    YamlMapping web = project.tree().mapping("services").orElseThrow().mapping("web").orElseThrow();

    assertThat(chain(at(web, "image").origin()))
        .isEqualTo("over.yaml:1:25 FILE y=compose.yaml:4:12 EXTENDS x=base.yaml:1:23");
    assertThat(chain(at(web, "command").origin()))
        .isEqualTo("over.yaml:1:37 FILE =compose.yaml:5:14");
    assertThat(chain(at(web, "environment.A").origin()))
        .isEqualTo("compose.yaml:8:24 REPEATED A=1=compose.yaml:8:19 EXTENDS A=0=base.yaml:1:43");
    assertThat(chain(at(web, "environment.E").origin()))
        .isEqualTo("compose.yaml:8:29 OWN file=e.env:1:1");
    assertThat(at(web, "environment.F").origin().note()).contains("env_file at compose.yaml:7:16");
    assertThat(project.history().removed())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.path()).hasToString("services.web.ports");
              assertThat(it.by()).hasToString("over.yaml:1:52");
              assertThat(it.value().range()).hasToString("compose.yaml:6:12");
            });
  }

  @Test
  void an_included_value_knows_its_file_and_the_file_who_included_it() throws IOException {
    file("part.yaml", "services: {db: {image: a}}\n");
    file("compose.yaml", "include: [part.yaml]\nservices: {db: {image: !override b}}\n");

    ResolvedProject project = resolve(Map.of());

    assertThat(chain(at(project.tree(), "services.db.image").origin()))
        .isEqualTo("compose.yaml:2:24 INCLUDE a=part.yaml:1:24");
    assertThat(project.history().includedAt("part.yaml").map(Object::toString))
        .contains("compose.yaml:1:11");
  }

  @Test
  void a_reference_remembers_its_text_and_where_each_variable_comes_from() throws IOException {
    file("compose.yaml", "services: {a: {image: \"$R/${N:-n}:${T}\", environment: [S]}}\n");
    file(".env", "T=5\n");

    ResolvedProject project = resolve(Map.of("R", "reg", "S", "s"));
    Origin image = at(project.tree(), "services.a.image").origin();

    assertThat(image.written()).contains("$R/${N:-n}:${T}");
    assertThat(image.variables())
        .extracting(it -> it.name() + " " + it.source().orElse("-") + " " + it.instead().orElse(""))
        .containsExactly("R the environment ", "N - n", "T .env:1 ");
    assertThat(at(project.tree(), "services.a.environment.S").origin().variables())
        .extracting(it -> it.source().orElse("-"))
        .containsExactly("the environment");
  }
}
