package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jcompose.core.resource.RestartPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private final RestartBackoff backoff = new RestartBackoff();

  private @Nullable Duration next(String policy, int exitCode, Duration ran) {
    return backoff.afterExit(RestartPolicy.parse(policy), exitCode, ran, false);
  }

  @Test
  void waits_double_up_to_a_minute() {
    for (long millis = 100; millis < 60_000; millis *= 2) {
      assertThat(next("always", 1, SHORT)).hasMillis(millis);
    }
    assertThat(next("always", 1, SHORT)).hasSeconds(60);
    assertThat(next("always", 1, SHORT)).hasSeconds(60);
  }

  @Test
  void a_run_of_ten_seconds_begins_anew() {
    next("always", 1, SHORT);
    next("always", 1, SHORT);
    assertThat(next("always", 1, Duration.ofSeconds(10))).hasMillis(100);
  }

  @Test
  void on_failure_gives_up_after_its_retries_and_on_success() {
    assertThat(next("on-failure:2", 1, SHORT)).isNotNull();
    assertThat(next("on-failure:2", 1, SHORT)).isNotNull();
    assertThat(next("on-failure:2", 1, SHORT)).isNull();
    assertThat(next("on-failure", 0, SHORT)).isNull();
  }

  @Test
  void nothing_that_a_user_stopped_comes_back() {
    for (String policy : new String[] {"no", "always", "unless-stopped", "on-failure"}) {
      assertThat(backoff.afterExit(RestartPolicy.parse(policy), 1, SHORT, true)).isNull();
    }
    assertThat(next("no", 1, SHORT)).isNull();
  }
}
