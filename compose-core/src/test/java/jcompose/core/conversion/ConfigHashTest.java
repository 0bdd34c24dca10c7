package jcompose.core.conversion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jcompose.core.loading.LoadRequest;
import jcompose.core.loading.LoadResult;
import jcompose.core.loading.ProjectLoader;
import jcompose.core.model.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hashes are those that docker compose 2.26 prints for the same file.
final class ConfigHashTest {
  private static final String PLAIN =
      "d5457d0b2799957b606d2ac4ed52d85a1e75799490e56229948300b9a59e8953";
  private static final String WITH_DEPENDENCY =
      "bed0abdc90a9e19c94d3fae34ea706a5f79affeae478914223781285bb94572d";

  @TempDir private Path folder;

  private Service service(String more) throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        "name: x\nservices:\n  b: {image: y}\n  a:\n    image: x\n" + more);
    var request = LoadRequest.of(folder, Map.of()).withFiles(List.of("compose.yaml"));
    return switch (new ProjectLoader().load(request)) {
      case LoadResult.Loaded(var project, _) -> requireNonNull(project.services().get("a"));
      case LoadResult.Rejected it -> throw new AssertionError(it.problems().toString());
    };
  }

  @Test
  void is_that_of_docker_compose() throws IOException {
    assertThat(ConfigHash.of(service(""))).isEqualTo(PLAIN);
  }

  @Test
  void neither_dependencies_nor_builds_make_a_container_another_one() throws IOException {
    assertThat(ConfigHash.of(service("    depends_on: [b]\n"))).isEqualTo(PLAIN);
    assertThat(ConfigHash.of(service("    build: .\n    scale: 3\n"))).isEqualTo(PLAIN);
    assertThat(ConfigHash.of(service("    user: me\n"))).isNotEqualTo(PLAIN);
  }

  @Test
  void what_an_earlier_docker_compose_made_is_known_again() throws IOException {
    Service dependant = service("    depends_on: [b]\n");
    assertThat(ConfigHash.matches(WITH_DEPENDENCY, dependant)).isTrue();
    assertThat(ConfigHash.matches(PLAIN, dependant)).isTrue();
    assertThat(ConfigHash.matches(WITH_DEPENDENCY, service(""))).isFalse();
  }
}
