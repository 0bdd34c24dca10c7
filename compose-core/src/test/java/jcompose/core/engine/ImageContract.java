package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.BuildSpec;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images, and how they are built.
public interface ImageContract extends ContractScene {
  String PREFIX = "jcompose-contract-test-" + RUN;

  @AfterEach
  default void no_image_is_left() {
    engine()
        .containers()
        .list(LABEL_FILTER)
        .forEach(it -> engine().containers().remove(it.id(), true, true));
    for (ImageDetails image : engine().images().list()) {
      for (String tag : image.tags()) {
        if (tag.startsWith(PREFIX)) {
          engine().images().remove(tag, true);
        }
      }
    }
  }

  private static String tag() {
    return PREFIX + ":" + NAMES.incrementAndGet();
  }

  @Test
  default void an_image_is_found_by_tag_and_id() {
    ImageDetails image = engine().images().find(ContractImage.NAME).orElseThrow();
    assertThat(image.tags()).contains(ContractImage.NAME);
    assertThat(image.labels()).containsEntry("contract.image", "yes");
    assertThat(image.hasHealthCheck()).isFalse();
    assertThat(image.sizeBytes()).isGreaterThan(100_000);
    assertThat(engine().images().find(image.id().value()).map(ImageDetails::id))
        .contains(image.id());
    assertThat(engine().images().list()).extracting(ImageDetails::id).contains(image.id());
    assertThat(engine().images().find("jcompose-contract-missing:1")).isEmpty();
  }

  @Test
  default void a_build_runs_its_instructions(@TempDir Path context) throws IOException {
    String tag = tag();
    ImageId id =
        build(
            context,
            tag,
            """
            FROM jcompose-contract:1
            WORKDIR /work
            ENV WHO=world
            RUN echo "hello $WHO" > made
            EXPOSE 80
            VOLUME /data
            HEALTHCHECK CMD true
            LABEL stage=last
            ENTRYPOINT ["cat"]
            CMD ["made"]
            """);
    ImageDetails image = engine().images().find(tag).orElseThrow();
    assertThat(image.id()).isEqualTo(id);
    assertThat(image.exposedPorts()).containsExactly("80/tcp");
    assertThat(image.volumes()).containsExactly("/data");
    assertThat(image.hasHealthCheck()).isTrue();
    assertThat(image.labels()).containsEntry("stage", "last");
    assertThat(outputOf(on(tag))).isEqualTo("hello world");
  }

  @Test
  default void a_build_that_changed_nothing_gives_the_same_image(@TempDir Path context)
      throws IOException {
    String text = "FROM jcompose-contract:1\nCOPY file /file\nRUN cp /file /other\n";
    Files.writeString(context.resolve("file"), "one");
    ImageId first = build(context, tag(), text);
    assertThat(build(context, tag(), text)).isEqualTo(first);
    Files.writeString(context.resolve("file"), "two");
    assertThat(build(context, tag(), text)).isNotEqualTo(first);
  }

  @Test
  default void a_failing_instruction_fails_the_build(@TempDir Path context) {
    var lines = new ArrayList<String>();
    String tag = tag();
    assertThatThrownBy(
            () ->
                build(
                    spec(
                        context,
                        tag,
                        "FROM jcompose-contract:1\nRUN echo before; exit 7\n",
                        Map.of(),
                        Optional.empty()),
                    lines))
        .isInstanceOf(EngineException.Failed.class)
        .hasMessageContaining("returned a non-zero code: 7");
    assertThat(lines).contains("before");
    assertThat(engine().images().find(tag)).isEmpty();
  }

  @Test
  default void a_missing_source_is_named(@TempDir Path context) {
    assertThatThrownBy(() -> build(context, tag(), "FROM scratch\nCOPY missing /\n"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("missing");
  }

  @Test
  default void a_wrong_instruction_is_named(@TempDir Path context) {
    assertThatThrownBy(() -> build(context, tag(), "FROM scratch\nFRUM nothing\n"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("unknown instruction: FRUM");
  }

  @Test
  default void arguments_and_a_target_choose_what_is_built(@TempDir Path context)
      throws IOException {
    String tag = tag();
    build(
        spec(
            context,
            tag,
            """
            FROM jcompose-contract:1 AS first
            ARG WORD=unset
            RUN echo "$WORD" > /word
            CMD ["cat", "/word"]
            FROM jcompose-contract:1
            RUN exit 9
            """,
            Map.of("WORD", "given"),
            Optional.of("first")),
        new ArrayList<>());
    assertThat(outputOf(on(tag))).isEqualTo("given");
  }

  @Test
  default void a_stage_copies_from_another(@TempDir Path context) throws IOException {
    String tag = tag();
    build(
        context,
        tag,
        """
        FROM jcompose-contract:1 AS maker
        RUN mkdir /out && echo product > /out/file
        FROM jcompose-contract:1
        COPY --from=maker /out/ /in/
        CMD ["cat", "/in/file"]
        """);
    assertThat(outputOf(on(tag))).isEqualTo("product");
  }

  @Test
  default void ignored_files_are_not_sent(@TempDir Path context) throws IOException {
    Files.writeString(context.resolve(".dockerignore"), "*.log\n!keep.log\nsecret\n");
    Files.writeString(context.resolve("a.log"), "");
    Files.writeString(context.resolve("keep.log"), "");
    Files.createDirectories(context.resolve("secret/deep"));
    Files.writeString(context.resolve("secret/deep/key"), "");
    Files.writeString(context.resolve("plain"), "");
    String tag = tag();
    build(context, tag, "FROM jcompose-contract:1\nCOPY . /ctx/\nCMD [\"ls\", \"-R\", \"/ctx\"]\n");
    assertThat(outputOf(on(tag)))
        .contains("plain", "keep.log")
        .doesNotContain("a.log", "secret", "key");
  }

  @Test
  default void links_and_modes_of_the_context_are_kept(@TempDir Path context) throws IOException {
    Path script = Files.writeString(context.resolve("script"), "#!/bin/sh\necho ran\n");
    script.toFile().setExecutable(true, false);
    Files.createSymbolicLink(context.resolve("link"), Path.of("script"));
    String tag = tag();
    build(context, tag, "FROM jcompose-contract:1\nCOPY . /app/\nCMD [\"/app/link\"]\n");
    assertThat(outputOf(on(tag))).isEqualTo("ran");
  }

  @Test
  default void a_tag_is_one_name_of_an_image() {
    ImageId id = engine().images().find(ContractImage.NAME).orElseThrow().id();
    String tag = tag();
    engine().images().tag(id, ImageReference.parse(tag));
    assertThat(engine().images().find(tag).map(ImageDetails::id)).contains(id);
    engine().images().remove(tag, false);
    assertThat(engine().images().find(tag)).isEmpty();
    assertThat(engine().images().find(ContractImage.NAME)).isPresent();
    assertThatThrownBy(() -> engine().images().remove(tag, false))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessageContaining("No such image: " + tag);
  }

  @Test
  default void an_image_in_use_is_not_removed(@TempDir Path context) throws IOException {
    String tag = tag();
    build(context, tag, "FROM jcompose-contract:1\nRUN echo 1 > /1\nCMD sleep 1000\n");
    start(on(tag));
    assertThatThrownBy(() -> engine().images().remove(tag, false))
        .isInstanceOf(EngineException.Conflict.class);
  }

  @Test
  default void a_registry_that_does_not_answer_is_told() {
    var reference = ImageReference.parse("127.0.0.1:1/none:1");
    assertThatThrownBy(
            () -> engine().images().pull(reference, Optional.empty(), TransferListener.SILENT))
        .isInstanceOf(EngineException.Unavailable.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  private ContainerSpec.Builder on(String image) {
    return ContainerSpec.of(image).labels(LABELS).isolation(spec().build().isolation());
  }

  private ImageId build(Path context, String tag, String dockerfile) {
    return build(spec(context, tag, dockerfile, Map.of(), Optional.empty()), new ArrayList<>());
  }

  private ImageId build(BuildSpec spec, List<String> lines) {
    return engine().images().build(spec, (part, message, current, total) -> lines.add(message));
  }

  private static BuildSpec spec(
      Path context,
      String tag,
      String dockerfile,
      Map<String, String> arguments,
      Optional<String> target) {
    return new BuildSpec(
        context,
        "Dockerfile",
        Optional.of(dockerfile),
        List.of(tag),
        arguments,
        target,
        Map.of(),
        false,
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
