package jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageId;
import jcompose.core.testkit.Needs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Builds real images from a static busybox.
@Tag("root")
class DockerfileBuilderIT {
  private static final String BASE =
      """
      FROM scratch
      COPY busybox /bin/busybox
      RUN ["/bin/busybox", "--install", "-s", "/bin"]
      """;

  private BuildScene scene;

  @BeforeEach
  void open() {
    Needs.root();
    scene = new BuildScene();
  }

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private List<String> tree(ImageId id) throws IOException {
    return scene.tree(id).stream().filter(it -> !it.startsWith("/bin/")).toList();
  }

  @Test
  void a_copied_program_runs_and_what_it_writes_is_the_image() throws Exception {
    scene.file("app/hello", "hello\n");
    ImageId id =
        scene.build(
            BASE
                + """
                ARG NAME=world
                ENV GREETING="hi $NAME" DEBUG=1
                WORKDIR /srv/app
                COPY app .
                RUN echo "$GREETING $NAME" > greeting && mkdir -m 700 data && rm hello
                EXPOSE 80 443/udp
                USER 1000:1000
                LABEL a=b
                VOLUME /data
                HEALTHCHECK --retries=2 CMD true
                ENTRYPOINT ["/bin/sh"]
                CMD ["-c", "cat greeting"]
                """,
            it -> it.tags(List.of("app", "app:2")).labels(Map.of("built", "it's")));

    assertThat(tree(id))
        .containsExactly(
            "/bin directory 755 0:0",
            "/srv directory 755 0:0",
            "/srv/app directory 755 0:0",
            "/srv/app/data directory 700 0:0",
            "/srv/app/greeting file 644 0:0");
    assertThat(scene.read(id, "srv/app/greeting")).isEqualTo("hi world world\n");
    var config = scene.image(id).config().config();
    assertThat(config.environment())
        .containsExactly("PATH=" + RunStep.DEFAULT_PATH, "GREETING=hi world", "DEBUG=1");
    assertThat(config.workingDirectory()).isEqualTo("/srv/app");
    assertThat(config.exposedPorts()).containsExactly("80/tcp", "443/udp");
    assertThat(config.user()).isEqualTo("1000:1000");
    assertThat(config.labels()).isEqualTo(Map.of("a", "b", "built", "it's"));
    assertThat(config.entrypoint()).contains(List.of("/bin/sh"));
    assertThat(config.command()).contains(List.of("-c", "cat greeting"));
    assertThat(config.healthCheck().orElseThrow().test()).containsExactly("CMD-SHELL", "true");
    assertThat(scene.image(id).tags()).containsExactly("app:2", "app:latest");
    assertThat(scene.output.plain())
        .startsWith("Step 1/16 : FROM scratch\n ---> \nStep 2/16 : COPY busybox /bin/busybox\n")
        .contains("Step 16/16 : LABEL 'built'=")
        .contains(" ---> Running in ID\n")
        .endsWith(
            "Successfully built ID\nSuccessfully tagged app:latest\nSuccessfully tagged app:2\n");
  }

  @Test
  void an_unchanged_build_runs_nothing_also_after_a_restart_and_gives_the_same_image()
      throws Exception {
    scene.file("a", "1");
    String dockerfile = BASE + "COPY a /a\nRUN cat /a > /b\nENV x=y\nRUN echo $x > /c\n";
    ImageId first = scene.build(dockerfile);
    int ran = scene.runner.ran.size();
    Files.setLastModifiedTime(scene.context.resolve("a"), FileTime.fromMillis(0));
    scene.restart();

    assertThat(scene.build(dockerfile)).isEqualTo(first);
    assertThat(scene.runner.ran).hasSize(ran);
    assertThat(scene.output.plain().split(" ---> Using cache\n", -1)).hasSize(7);
  }

  @Test
  void a_changed_file_runs_what_comes_after_it() throws Exception {
    scene.file("a", "1");
    String dockerfile = BASE + "RUN echo early > /e\nCOPY a /a\nRUN cat /a > /b\n";
    scene.build(dockerfile);
    int ran = scene.runner.ran.size();
    scene.file("a", "2");

    ImageId second = scene.build(dockerfile);
    assertThat(scene.runner.ran).hasSize(ran + 1);
    assertThat(scene.read(second, "b")).isEqualTo("2");
  }

  @Test
  void a_failing_command_fails_the_build_with_its_code_and_place() {
    String dockerfile = BASE + "RUN echo before; exit 3\n";
    BuildException failure =
        catchThrowableOfType(BuildException.class, () -> scene.build(dockerfile));
    assertThat(failure)
        .hasMessage("The command '/bin/sh -c echo before; exit 3' returned a non-zero code: 3");
    assertThat(failure.exitCode()).isEqualTo(3);
    assertThat(failure.diagnostic().orElseThrow().render())
        .contains("Dockerfile:4:1: error:")
        .contains("   4 | RUN echo before; exit 3\n");
    assertThat(scene.output.text).contains("before\n");
    assertThat(scene.snapshots.keys()).isEmpty();
  }

  @Test
  void stages_share_files_and_unneeded_ones_do_not_run() throws Exception {
    ImageId id =
        scene.build(
            BASE.replace("FROM scratch", "FROM scratch AS base")
                + """
                FROM base AS left
                RUN mkdir /out && echo left > /out/left && chown 5:6 /out/left
                FROM base AS right
                RUN mkdir /out && echo right > /out/right
                FROM base AS unneeded
                RUN exit 1
                FROM scratch
                COPY --from=left /out /
                COPY --from=right --chown=7 /out/ /deep/er/
                COPY --from=1 --chmod=u=rw,go= /out/left /deep/private
                """);
    assertThat(tree(id))
        .containsExactly(
            "/deep directory 755 7:7",
            "/deep/er directory 755 7:7",
            "/deep/er/right file 644 7:7",
            "/deep/private file 600 5:6",
            "/left file 644 5:6");
  }

  @Test
  void a_destination_link_is_followed_inside_the_image() throws Exception {
    scene.file("x/passwd", "mine");
    ImageId id =
        scene.build(
            BASE
                + """
                RUN mkdir /real && ln -s /real /link && ln -s ../../../../etc /up
                COPY x /link/
                COPY x /up/
                """);
    assertThat(tree(id))
        .contains("/real/passwd file 644 0:0", "/etc/passwd file 644 0:0")
        .contains("/link symlink 777 0:0 -> /real");
    assertThat(Files.readString(Path.of("/etc/passwd"))).isNotEqualTo("mine");
  }

  @Test
  void what_the_context_leaves_out_cannot_be_copied() throws Exception {
    scene.file("keep/a", "1");
    scene.file("keep/b", "2");
    scene.file("secret", "3");
    scene.file(".dockerignore", "secret\nkeep\n!keep/b\nbusybox\n");
    ImageId id = scene.build("FROM scratch\nCOPY . /all/\n");
    assertThat(scene.tree(id))
        .containsExactly(
            "/all directory 755 0:0",
            "/all/.dockerignore file 644 0:0",
            "/all/keep directory 755 0:0",
            "/all/keep/b file 644 0:0");
    assertThatThrownBy(() -> scene.build("FROM scratch\nCOPY secret /\n"))
        .isInstanceOf(BuildException.class)
        .hasMessage(
            "COPY failed: file not found in build context or excluded by .dockerignore: stat"
                + " secret: file does not exist");
  }

  @Test
  void heredocs_are_files_and_scripts() throws Exception {
    ImageId id =
        scene.build(
            BASE
                + """
                ENV name=value
                COPY <<one <<'two' /docs/
                a $name
                one
                a $name
                two
                RUN <<EOF
                echo first > /ran
                echo second >> /ran
                EOF
                RUN cat <<A >> /ran
                third $name
                A
                """);
    assertThat(scene.read(id, "docs/one")).isEqualTo("a value\n");
    assertThat(scene.read(id, "docs/two")).isEqualTo("a $name\n");
    assertThat(scene.read(id, "ran")).isEqualTo("first\nsecond\nthird value\n");
  }

  @Test
  void triggers_run_in_the_build_on_top() throws Exception {
    scene.file("app.txt", "app");
    scene.build(
        BASE + "ONBUILD COPY app.txt /app/\nONBUILD RUN cat /app/app.txt > /triggered\n",
        it -> it.tags(List.of("base")));
    ImageId id = scene.build("FROM base\nCMD [\"x\"]\n");
    assertThat(scene.read(id, "triggered")).isEqualTo("app");
    assertThat(scene.image(id).config().config().onBuild()).isEmpty();
    assertThat(scene.output.text).contains("# Executing 2 build triggers\n");
  }

  @Test
  void mounts_are_seen_by_the_command_and_not_kept() throws Exception {
    scene.file("src/in", "input");
    scene.file("password", "hush");
    String dockerfile =
        BASE
            + """
            RUN --mount=target=/src,source=src,rw --mount=type=cache,target=/cache \
                --mount=type=secret,id=key --mount=type=tmpfs,target=/tmp/t \
                cat /src/in /run/secrets/key > /seen && echo x > /src/new && echo y >> /cache/log
            """;
    ImageId id =
        scene.build(dockerfile, it -> it.secrets(Map.of("key", scene.context.resolve("password"))));
    assertThat(scene.read(id, "seen")).isEqualTo("inputhush");
    assertThat(scene.context.resolve("src/new")).doesNotExist();
    ImageId again = scene.build(BASE + "RUN --mount=type=cache,target=/cache cp /cache/log /log\n");
    assertThat(scene.read(again, "log")).isEqualTo("y\n");
    try (var left = Files.list(scene.folder.resolve("data/build/spool"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_tar_is_a_context_too() throws Exception {
    scene.file("Dockerfile.x", "FROM scratch\nCOPY . /c/\n");
    scene.file("a/b", "content");
    scene.file(".dockerignore", "Dockerfile.x\n.dockerignore\nbusybox\n");
    Path tar = scene.folder.resolve("context.tar.gz");
    var packing =
        new ProcessBuilder("tar", "-C", scene.context.toString(), "-czf", tar.toString(), ".")
            .start();
    assertThat(packing.waitFor()).isZero();
    var request =
        BuildRequest.of(new BuildContextSource.Tar(Files.newInputStream(tar)))
            .dockerfile("Dockerfile.x")
            .build();
    ImageId id = scene.builder.build(request, scene.output);
    assertThat(scene.tree(id))
        .containsExactly("/c directory 755 0:0", "/c/a directory 755 0:0", "/c/a/b file 644 0:0");
    assertThat(scene.read(id, "c/a/b")).isEqualTo("content");
  }

  @Test
  void a_base_that_cannot_be_found_says_so() {
    assertThatThrownBy(() -> scene.build("FROM nowhere\n"))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> scene.build("FROM scratch\n", it -> it.target(Optional.of("x"))))
        .hasMessage("target stage \"x\" could not be found");
  }
}
