package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthCheck;
import jcompose.core.resource.HealthState;
import jcompose.core.resource.RestartPolicy;
import org.junit.jupiter.api.Test;

/// What an engine does by itself: health checks and restarts.
public interface HealthContract extends ContractScene {
  @Test
  default void a_container_is_starting_until_its_check_succeeds() {
    ContainerId id = start(sleeper().healthCheck(check("test -e /tmp/well", 100)));
    assertThat(summary(id).health()).isEqualTo(HealthState.STARTING);
    exec(id, "touch", "/tmp/well");
    await("healthy", () -> summary(id).health() == HealthState.HEALTHY);
    assertThat(engine().containers().inspect(id).health()).isEqualTo(HealthState.HEALTHY);
    assertThat(summary(id).status()).endsWith("(healthy)");
  }

  @Test
  default void a_container_is_unhealthy_after_its_retries() {
    ContainerId id = start(sleeper().healthCheck(check("echo broken; exit 1", 2)));
    await("unhealthy", () -> summary(id).health() == HealthState.UNHEALTHY);
    ContainerDetails details = engine().containers().inspect(id);
    assertThat(details.health()).isEqualTo(HealthState.UNHEALTHY);
    assertThat(details.healthLog()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(details.healthLog().getFirst().output()).isEqualTo("broken\n");
    assertThat(details.healthLog().getFirst().exitCode()).isEqualTo(1);
  }

  @Test
  default void a_check_that_takes_too_long_fails() {
    var slow =
        new HealthCheck(
            List.of("CMD", "sleep", "60"),
            Optional.of(Duration.ofMillis(100)),
            Optional.of(Duration.ofMillis(200)),
            Optional.of(1),
            Optional.empty(),
            Optional.empty());
    ContainerId id = start(sleeper().healthCheck(slow));
    await("unhealthy", () -> summary(id).health() == HealthState.UNHEALTHY);
    assertThat(engine().containers().inspect(id).healthLog().getFirst().output())
        .contains("exceeded timeout");
  }

  @Test
  default void a_container_without_check_has_no_health() {
    ContainerId id = start(sleeper());
    assertThat(summary(id).health()).isEqualTo(HealthState.NONE);
    assertThat(engine().containers().inspect(id).health()).isEqualTo(HealthState.NONE);
  }

  @Test
  default void a_failing_container_is_started_as_often_as_its_policy_says() {
    ContainerId id =
        start(
            shell("echo run; exit 1").restart(new RestartPolicy(RestartPolicy.Mode.ON_FAILURE, 2)));
    await("it gave up", () -> summary(id).exitCode().isPresent() && runs(id) == 3);
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(1));
  }

  @Test
  default void a_container_that_always_restarts_ends_when_it_is_stopped() {
    ContainerId id =
        start(
            shell("trap 'exit 0' TERM; echo run; sleep 1000 & wait")
                .restart(new RestartPolicy(RestartPolicy.Mode.ALWAYS, 0)));
    await("it runs", () -> runs(id) == 1);
    exec(id, "kill", "1");
    await("it runs again", () -> runs(id) == 2 && summary(id).state() == ContainerState.RUNNING);
    engine().containers().stop(id, Optional.of(Duration.ofSeconds(10)));
    await("it stays exited", () -> summary(id).state() == ContainerState.EXITED);
  }

  private long runs(ContainerId id) {
    return logs(id, LogRequest.ALL).stdout().lines().filter("run"::equals).count();
  }

  private static HealthCheck check(String line, int retries) {
    return new HealthCheck(
        List.of("CMD-SHELL", line),
        Optional.of(Duration.ofMillis(100)),
        Optional.of(Duration.ofSeconds(5)),
        Optional.of(retries),
        Optional.empty(),
        Optional.empty());
  }
}
