package jcompose.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.VolumeSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeStoreTest {
  @TempDir Path folder;
  private VolumeStore volumes;

  @BeforeEach
  void open() {
    volumes = VolumeStore.open(folder.resolve("volumes"));
  }

  private static VolumeSpec named(String name) {
    return new VolumeSpec(name, "local", Map.of(), Map.of("a", "b"));
  }

  @Test
  void content_and_record_outlive_the_engine() throws IOException {
    VolumeRecord made = volumes.create(named("data"));
    Files.writeString(made.mountpoint().resolve("file"), "kept");

    VolumeRecord found = VolumeStore.open(folder.resolve("volumes")).find("data");
    assertThat(found).isEqualTo(made);
    assertThat(found.mountpoint().resolve("file")).hasContent("kept");
  }

  @Test
  void creating_again_changes_nothing_unless_the_options_differ() {
    VolumeRecord made = volumes.create(named("data"));
    assertThat(volumes.create(named("data"))).isEqualTo(made);
    var other = new VolumeSpec("data", "local", Map.of("type", "tmpfs"), Map.of());
    assertThatThrownBy(() -> volumes.create(other))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("already exists with other driver options");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "../x", "a", "-x", "a b"})
  void a_name_that_could_leave_the_folder_is_refused(String name) {
    assertThatThrownBy(() -> volumes.create(named(name)))
        .isInstanceOf(EngineException.Invalid.class);
  }

  @Test
  void removing_takes_the_content_but_never_what_a_link_points_to() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("file"), "stays");
    VolumeRecord made = volumes.create(named("data"));
    Files.createSymbolicLink(made.mountpoint().resolve("link"), outside);

    volumes.remove("data");

    assertThat(folder.resolve("volumes/data")).doesNotExist();
    assertThat(outside.resolve("file")).hasContent("stays");
    assertThatThrownBy(() -> volumes.remove("data"))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("get data: no such volume");
  }

  @Test
  void an_empty_volume_is_filled_from_the_image_once() throws IOException {
    Path image = folder.resolve("image");
    Files.createDirectories(image.resolve("sub"));
    Files.writeString(image.resolve("sub/file"), "image");
    Files.createSymbolicLink(image.resolve("link"), Path.of("sub/file"));
    Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path content = volumes.create(named("data")).mountpoint();

    volumes.copyUp("data", image);
    assertThat(content.resolve("sub/file")).hasContent("image");
    assertThat(Files.readSymbolicLink(content.resolve("link"))).isEqualTo(Path.of("sub/file"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(content)))
        .isEqualTo("rwxrwxrwx");

    Files.writeString(content.resolve("sub/file"), "changed");
    volumes.copyUp("data", image);
    assertThat(content.resolve("sub/file")).hasContent("changed");
  }

  @Test
  void an_anonymous_volume_has_a_name_of_64_digits_and_a_label() {
    VolumeRecord made = volumes.createAnonymous(Map.of(), Map.of());
    assertThat(made.name()).matches("[0-9a-f]{64}");
    assertThat(made.labels()).containsKey("com.docker.volume.anonymous");
    assertThat(made.anonymous()).isTrue();
  }
}
