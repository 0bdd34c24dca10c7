package jcompose.engine.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.LogConfig;
import org.junit.jupiter.api.Test;

final class CreateWarningsTest {
  private static List<String> warnings(String option, String value) {
    return CreateWarnings.of(
        ContainerSpec.of("i").logging(new LogConfig("json-file", Map.of(option, value))).build());
  }

  @Test
  void who_asks_for_compressed_logs_is_told() {
    assertThat(warnings("compress", "true")).singleElement().asString().contains("compress");
    assertThat(warnings("compress", "false")).isEmpty();
    assertThat(warnings("max-size", "1m")).isEmpty();
    assertThat(CreateWarnings.of(ContainerSpec.of("i").build())).isEmpty();
  }
}
