package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.FileInfo;
import jcompose.core.resource.ProcessSpec;
import org.junit.jupiter.api.Test;

/// Files in and out of containers.
public interface FilesContract extends ContractScene {
  @Test
  default void a_path_is_told_apart_from_a_folder_and_a_link() {
    ContainerId id = run(shell("mkdir /d; echo x >/d/f; ln -s f /d/l"));
    ContainerFiles files = engine().files();
    assertThat(files.find(id, "/d")).contains(new FileInfo("d", true, Optional.empty()));
    assertThat(files.find(id, "/d/f")).contains(new FileInfo("f", false, Optional.empty()));
    assertThat(files.find(id, "/d/l").flatMap(FileInfo::linkTarget))
        .hasValueSatisfying(it -> assertThat(it).endsWith("f"));
    assertThat(files.find(id, "/d/none")).isEmpty();
  }

  @Test
  default void a_folder_that_is_read_can_be_written_elsewhere() throws IOException {
    ContainerId from = run(shell("mkdir -p /d/e; echo text >/d/e/f; chmod 640 /d/e/f"));
    ContainerId to = start(sleeper());
    try (InputStream tar = engine().files().read(from, "/d")) {
      engine().files().write(to, "/srv", tar, true);
    }
    assertThat(exec(to, "cat", "/srv/d/e/f").stdout()).isEqualTo("text\n");
    assertThat(exec(to, "stat", "-c", "%a", "/srv/d/e/f").stdout()).isEqualTo("640\n");
  }

  @Test
  default void what_is_written_belongs_to_the_containers_user_where_that_is_asked_for()
      throws IOException {
    ContainerId from = run(shell("mkdir /d; echo text >/d/f; chown 5:6 /d /d/f"));
    var worker =
        new ProcessSpec(
            Optional.empty(),
            Optional.of(List.of("sleep", "1000")),
            List.of(),
            Optional.of("worker"),
            Optional.empty(),
            false,
            false,
            false);
    ContainerId to = start(spec().process(worker));
    try (InputStream tar = engine().files().read(from, "/d")) {
      engine().files().write(to, "/srv", tar, true);
    }
    try (InputStream tar = engine().files().read(from, "/d")) {
      engine().files().write(to, "/home", tar, false);
    }
    assertThat(
            exec(to, "stat", "-c", "%u:%g", "/srv/d", "/srv/d/f", "/home/d", "/home/d/f").stdout())
        .isEqualTo("1000:1000\n1000:1000\n5:6\n5:6\n");
  }

  @Test
  default void what_is_not_there_is_not_found() {
    ContainerId id = create(spec("true"));
    var nothing = new ByteArrayInputStream(new byte[1024]);
    assertThatThrownBy(() -> engine().files().read(id, "/none"))
        .isInstanceOf(EngineException.NotFound.class);
    assertThatThrownBy(() -> engine().files().write(id, "/none", nothing, false))
        .isInstanceOf(EngineException.NotFound.class);
  }

  @Test
  default void the_whole_tree_is_exported() throws IOException {
    ContainerId id = run(shell("echo exported-text >/mine"));
    try (InputStream tar = engine().files().export(id)) {
      String text = new String(tar.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(text).contains("mine", "exported-text\n", "bin/busybox", "from the image\n");
    }
  }
}
