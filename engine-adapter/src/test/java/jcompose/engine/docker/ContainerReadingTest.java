package jcompose.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContainerReadingTest {
  @ParameterizedTest
  @CsvSource({
    "Up 3 minutes (healthy), HEALTHY,",
    "Up 3 minutes (unhealthy), UNHEALTHY,",
    "Up Less than a second (health: starting), STARTING,",
    "Up 2 hours (Paused), NONE,",
    "Up 2 hours, NONE,",
    "Created, NONE,",
    "Exited (137) 5 seconds ago, NONE, 137",
    "Exited (0) Less than a second ago, NONE, 0",
    "Restarting (1) 3 seconds ago, NONE,",
    "Dead, NONE,",
  })
  void health_and_exit_code_are_read_from_the_status(
      String status, HealthState health, @Nullable Integer exitCode) {
    assertThat(ContainerReading.health(status)).isEqualTo(health);
    assertThat(ContainerReading.exitCode(status))
        .isEqualTo(Optional.ofNullable(exitCode).map(ExitCode::new));
  }
}
