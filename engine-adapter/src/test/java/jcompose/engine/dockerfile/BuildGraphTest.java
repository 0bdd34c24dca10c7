package jcompose.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import jcompose.core.source.SourceFile;
import org.junit.jupiter.api.Test;

class BuildGraphTest {
  private static final String SHOP =
      """
      ARG BASE=busybox:1
      FROM ${BASE} AS Compile
      RUN a
      FROM compile AS test
      RUN b
      FROM --platform=$BUILDPLATFORM tools AS docs
      RUN --mount=type=bind,from=compile,target=/x c
      FROM scratch
      COPY --from=compile /x /
      COPY --from=2 /y /
      COPY --from=other/image /z /
      """;

  private static BuildGraph graph(
      String text, Optional<String> target, Map<String, String> arguments) {
    return BuildGraph.of(
        DockerfileParser.parse(new SourceFile("Dockerfile", text)),
        target,
        Map.of("BUILDPLATFORM", "linux/amd64"),
        arguments);
  }

  @Test
  void only_what_the_target_needs_is_built() {
    assertThat(graph(SHOP, Optional.empty(), Map.of()).describe())
        .isEqualTo(
            """
            #0 compile FROM busybox:1, 1 instructions
            #2 docs FROM tools on linux/amd64 after #0, 1 instructions
            #3 FROM scratch after #0 #2, 3 instructions
            """);
    assertThat(graph(SHOP, Optional.of("TEST"), Map.of("BASE", "alpine")).describe())
        .isEqualTo(
            """
            #0 compile FROM alpine, 1 instructions
            #1 test FROM #0 after #0, 1 instructions
            """);
  }

  @Test
  void an_unknown_target_is_refused_with_a_guess() {
    assertThatThrownBy(() -> graph(SHOP, Optional.of("tset"), Map.of()))
        .hasMessage("target stage \"tset\" could not be found (did you mean test?)");
  }

  @Test
  void a_base_that_expands_to_nothing_is_refused() {
    assertThatThrownBy(() -> graph("ARG B\nFROM $B", Optional.empty(), Map.of()))
        .hasMessage("base name ($B) should not be blank");
  }

  @Test
  void a_trigger_of_a_stage_counts_where_the_stage_is_built_on() {
    assertThat(
            graph(
                    """
                    FROM scratch AS files
                    FROM scratch AS base
                    ONBUILD COPY --from=files / /
                    FROM base
                    """,
                    Optional.empty(),
                    Map.of())
                .describe())
        .isEqualTo(
            """
            #0 files FROM scratch, 0 instructions
            #1 base FROM scratch, 1 instructions
            #2 FROM #1 after #0 #1, 0 instructions
            """);
  }
}
