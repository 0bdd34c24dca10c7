package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ProcessSpec;
import jcompose.engine.oci.ContainerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The rules of dockerd's `merge` of container and image configuration.
class MergedConfigTest {
  private static final ContainerConfig IMAGE =
      ContainerConfig.EMPTY.toBuilder()
          .entrypoint(Optional.of(List.of("/entry")))
          .command(Optional.of(List.of("default")))
          .environment(List.of("A=image", "B=image"))
          .user("app")
          .workingDirectory("/srv")
          .build();

  private static MergedConfig merge(ProcessSpec process, ContainerConfig image) {
    return MergedConfig.of(ContainerSpec.of("x").process(process).build(), image);
  }

  private static ProcessSpec process(
      @Nullable List<String> entrypoint, @Nullable List<String> command) {
    var none = ProcessSpec.DEFAULT;
    return new ProcessSpec(
        Optional.ofNullable(entrypoint),
        Optional.ofNullable(command),
        List.of("A=mine", "B", "C=mine"),
        none.user(),
        none.workingDirectory(),
        false,
        false,
        false);
  }

  @Test
  void the_image_fills_what_is_absent() {
    var merged = merge(ProcessSpec.DEFAULT, IMAGE);
    assertThat(merged.arguments()).containsExactly("/entry", "default");
    assertThat(merged.user()).isEqualTo("app");
    assertThat(merged.workingDirectory()).isEqualTo("/srv");
  }

  @Test
  void a_command_keeps_the_images_entrypoint() {
    assertThat(merge(process(null, List.of("run")), IMAGE).arguments())
        .containsExactly("/entry", "run");
  }

  @Test
  void an_entrypoint_drops_the_images_command() {
    assertThat(merge(process(List.of("/mine"), null), IMAGE).arguments()).containsExactly("/mine");
    assertThat(merge(process(List.of(), List.of("run")), IMAGE).arguments()).containsExactly("run");
  }

  @Test
  void environment_entries_replace_and_remove_those_of_the_image() {
    assertThat(merge(process(null, null), IMAGE).environment())
        .containsExactlyInAnyOrder("A=mine", "C=mine");
  }

  @Test
  void nothing_to_run_is_refused_in_dockers_words() {
    assertThatThrownBy(() -> merge(ProcessSpec.DEFAULT, ContainerConfig.EMPTY))
        .isInstanceOf(EngineException.Invalid.class)
        .hasMessage("no command specified");
  }
}
