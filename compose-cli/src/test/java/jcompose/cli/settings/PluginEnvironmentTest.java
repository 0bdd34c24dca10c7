package jcompose.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PluginEnvironmentTest {
  private static final String COMMAND = "docker.cli.cobra.command_path=docker%20compose";

  @Test
  void a_file_sees_what_the_docker_cli_tells_its_plugins() {
    assertThat(PluginEnvironment.of(Map.of("A", "1")))
        .isEqualTo(Map.of("A", "1", "OTEL_RESOURCE_ATTRIBUTES", COMMAND));
  }

  @Test
  void what_the_caller_has_set_stays_before_it() {
    assertThat(PluginEnvironment.of(Map.of("OTEL_RESOURCE_ATTRIBUTES", "team=a")))
        .containsEntry("OTEL_RESOURCE_ATTRIBUTES", "team=a," + COMMAND);
    assertThat(PluginEnvironment.of(Map.of("OTEL_RESOURCE_ATTRIBUTES", " ")))
        .containsEntry("OTEL_RESOURCE_ATTRIBUTES", COMMAND);
  }
}
