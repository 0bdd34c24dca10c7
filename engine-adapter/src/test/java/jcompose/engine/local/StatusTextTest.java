package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.HealthState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0.4S,Less than a second",
    "PT1S,1 second",
    "PT59S,59 seconds",
    "PT60S,About a minute",
    "PT2M59S,2 minutes",
    "PT59M59S,59 minutes",
    "PT60M,About an hour",
    "PT90M,2 hours",
    "PT47H,47 hours",
    "P2D,2 days",
    "P13D,13 days",
    "P14D,2 weeks",
    "P59D,8 weeks",
    "P60D,2 months",
    "P729D,24 months",
    "P731D,2 years"
  })
  void durations_read_as_in_docker_ps(Duration duration, String text) {
    assertThat(StatusText.human(duration)).isEqualTo(text);
  }

  @Test
  void each_state_has_dockers_words() {
    RunState running = RunState.CREATED.started(7, NOW.minusSeconds(180), HealthState.HEALTHY);
    RunState exited = running.ended(ContainerState.EXITED, 3, false, NOW.minusSeconds(7200));
    assertThat(StatusText.of(RunState.CREATED, NOW)).isEqualTo("Created");
    assertThat(StatusText.of(running, NOW)).isEqualTo("Up 3 minutes (healthy)");
    assertThat(StatusText.of(running.with(HealthState.STARTING), NOW))
        .isEqualTo("Up 3 minutes (health: starting)");
    assertThat(StatusText.of(running.with(ContainerState.PAUSED), NOW))
        .isEqualTo("Up 3 minutes (Paused)");
    assertThat(StatusText.of(exited, NOW)).isEqualTo("Exited (3) 2 hours ago");
    assertThat(StatusText.of(exited.with(ContainerState.RESTARTING), NOW))
        .isEqualTo("Restarting (3) 2 hours ago");
  }
}
