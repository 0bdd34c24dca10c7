package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.VolumeSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Volumes, binds and file systems in memory.
public interface MountContract extends ContractScene {
  @Test
  default void a_volume_is_listed_by_its_labels_until_it_is_removed() {
    String name = volume();
    assertThat(engine().volumes().list(LABEL_FILTER))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.name()).isEqualTo(name);
              assertThat(it.driver()).isEqualTo("local");
              assertThat(it.mountpoint()).startsWith("/");
            });
    engine().volumes().remove(name, false);
    assertThat(engine().volumes().list(LABEL_FILTER)).isEmpty();
    assertThatThrownBy(() -> engine().volumes().remove(name, false))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessageContaining("no such volume");
  }

  @Test
  default void a_volume_that_exists_is_left_as_it_is() {
    String name = volume();
    engine().volumes().create(new VolumeSpec(name, "local", Map.of(), LABELS));
    assertThat(engine().volumes().list(LABEL_FILTER)).hasSize(1);
    var other = new VolumeSpec(name, "local", Map.of("type", "tmpfs", "device", "tmpfs"), LABELS);
    assertThatThrownBy(() -> engine().volumes().create(other))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining(name);
  }

  @Test
  default void what_a_container_writes_to_a_volume_outlives_it() {
    String name = volume();
    ContainerId writer =
        run(shell("echo kept > /data/file").mounts(List.of(mount(name, "/data", false))));
    engine().containers().remove(writer, false, true);
    assertThat(outputOf(spec("cat", "/other/file").mounts(List.of(mount(name, "/other", false)))))
        .isEqualTo("kept");
  }

  @Test
  default void an_empty_volume_is_filled_with_what_the_image_has_there() {
    String name = volume();
    assertThat(outputOf(spec("cat", "/seed/file").mounts(List.of(mount(name, "/seed", false)))))
        .isEqualTo("from the image");
    assertThat(outputOf(spec("cat", "/data/file").mounts(List.of(mount(name, "/data", false)))))
        .isEqualTo("from the image");
  }

  @Test
  default void a_read_only_volume_is_not_written_to() {
    ContainerId id = run(shell("touch /data/file").mounts(List.of(mount(volume(), "/data", true))));
    assertThat(engine().containers().waitForExit(id).succeeded()).isFalse();
    assertThat(logs(id, LogRequest.ALL).stderr()).contains("Read-only file system");
  }

  @Test
  default void a_volume_in_use_is_not_removed() {
    String name = volume();
    ContainerId id = create(sleeper().mounts(List.of(mount(name, "/data", false))));
    assertThatThrownBy(() -> engine().volumes().remove(name, false))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("volume is in use");
    assertThat(summary(id).mounts())
        .extracting(MountPoint::type, MountPoint::name, MountPoint::target)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("volume", name, "/data"));
  }

  @Test
  default void an_anonymous_volume_goes_with_its_container() {
    var anonymous =
        new MountSpec.Volume(
            Optional.empty(),
            "/data",
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            LABELS);
    ContainerId id = start(sleeper().mounts(List.of(anonymous)));
    assertThat(engine().volumes().list(LABEL_FILTER)).hasSize(1);
    engine().containers().remove(id, true, true);
    assertThat(engine().volumes().list(LABEL_FILTER)).isEmpty();
  }

  @Test
  default void a_bind_shows_the_hosts_folder(@TempDir Path folder) throws IOException {
    assumeTrue(engine().info().local(), "the engine runs on another host");
    Files.writeString(folder.resolve("in"), "from the host");
    String line = "cat /mnt/in; echo from the container > /mnt/out";
    assertThat(outputOf(shell(line).mounts(List.of(bind(folder, "/mnt", false, false)))))
        .isEqualTo("from the host");
    assertThat(folder.resolve("out")).hasContent("from the container\n");
  }

  @Test
  default void a_read_only_bind_of_one_file(@TempDir Path folder) throws IOException {
    assumeTrue(engine().info().local(), "the engine runs on another host");
    Path file = Files.writeString(folder.resolve("file"), "setting\n");
    String line = "cat /etc/setting; echo changed > /etc/setting || echo refused";
    assertThat(outputOf(shell(line).mounts(List.of(bind(file, "/etc/setting", true, false)))))
        .isEqualTo("setting\nrefused");
    assertThat(file).hasContent("setting\n");
  }

  @Test
  default void a_missing_bind_source_is_made_only_when_asked_for(@TempDir Path folder) {
    assumeTrue(engine().info().local(), "the engine runs on another host");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> start(sleeper().mounts(List.of(bind(missing, "/mnt", false, false)))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("bind source path does not exist")
        .hasMessageContaining(missing.toString());
    start(sleeper().mounts(List.of(bind(missing, "/mnt", false, true))));
    assertThat(missing).isDirectory();
  }

  @Test
  default void a_tmpfs_has_its_size_and_mode() {
    var tmpfs = new MountSpec.Tmpfs("/mem", false, Optional.of(1L << 20), Optional.of(0700));
    assertThat(
            outputOf(
                shell("stat -f -c %T /mem; stat -c %a /mem; df -k /mem | tail -1 | tr -s ' '")
                    .mounts(List.of(tmpfs))))
        .matches("(?s)tmpfs\n700\n\\S+ 1024 .*/mem");
  }

  @Test
  default void a_content_is_a_file_with_its_owner_and_mode_after_each_start() {
    var content = new MountSpec.Content("it's\nme", "/run/secrets/a/b", 1000, 1001, 0440);
    ContainerId id =
        run(
            shell("stat -c '%u %g %a' /run/secrets/a/b; cat /run/secrets/a/b; echo")
                .mounts(List.of(content)));
    engine().containers().start(id);
    engine().containers().waitForExit(id);
    assertThat(logs(id, LogRequest.ALL).stdout()).isEqualTo("1000 1001 440\nit's\nme\n".repeat(2));
  }

  @Test
  default void a_content_is_lent_to_no_other_container() {
    ContainerId owner =
        create(spec("true").mounts(List.of(new MountSpec.Content("mine", "/s", 0, 0, 0444))));
    var borrowing = IsolationSpec.builder().networkMode(Optional.of("none"));
    assertThat(
            outputOf(
                shell("test -e /s || echo not there")
                    .isolation(borrowing.volumesFrom(List.of(owner.value())).build())))
        .isEqualTo("not there");
  }

  private static MountSpec mount(String volume, String target, boolean readOnly) {
    return new MountSpec.Volume(
        Optional.of(volume),
        target,
        readOnly,
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static MountSpec bind(Path source, String target, boolean readOnly, boolean create) {
    return new MountSpec.Bind(
        source.toString(),
        target,
        readOnly,
        Optional.empty(),
        create,
        Optional.empty(),
        Optional.empty());
  }
}
