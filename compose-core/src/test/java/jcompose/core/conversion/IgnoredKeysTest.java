package jcompose.core.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jcompose.core.loading.LoadRequest;
import jcompose.core.loading.LoadResult;
import jcompose.core.loading.ProjectLoader;
import jcompose.core.source.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IgnoredKeysTest {
  @TempDir private Path folder;

  @Test
  void each_key_that_changes_nothing_is_named_once_where_it_is_written() throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        services:
          web:
            image: x
            deploy:
              replicas: 2
              placement:
                constraints: [a==b]
              update_config: {parallelism: 2, order: start-first}
          plain: {image: x, deploy: {resources: {limits: {cpus: "1"}}}}
        """);
    var result = new ProjectLoader().load(LoadRequest.of(folder, Map.of()));
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);

    var warnings = IgnoredKeys.of(((LoadResult.Loaded) result).project());

    assertThat(warnings)
        .extracting(Diagnostic::message)
        .containsExactly(
            "service \"web\": deploy.placement has no effect: only a cluster could honour it",
            "service \"web\": deploy.update_config has no effect: only a cluster could honour it");
    assertThat(warnings.getFirst().render()).contains("compose.yaml:7:");
  }
}
