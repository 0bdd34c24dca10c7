package jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForeignForwardTest {
  @Test
  void what_comes_to_our_bridges_is_ours_to_judge_and_other_engines_keep_theirs() {
    assertThat(ForeignForward.rules(List.of(network("a", "br-one"), network("host", null))))
        .containsExactly(
            "oifname \"br-one\" counter accept",
            "iifname \"br-one\" oifname \"docker0\" counter return",
            "iifname \"br-one\" oifname \"br-*\" counter return",
            "iifname \"br-one\" counter accept");
  }

  private static NetworkRecord network(String name, @Nullable String bridge) {
    return new NetworkRecord(
        "a".repeat(64),
        name,
        "bridge",
        Instant.EPOCH,
        false,
        false,
        false,
        "default",
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(),
        bridge);
  }
}
