package jcompose.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written where on a v2 host, in a folder that stands for /sys/fs/cgroup.
class UnifiedCgroupTest {
  @TempDir Path mount;
  private CgroupHost host;

  @BeforeEach
  void prepare() throws IOException {
    host = new CgroupHost(Map.of(), List.of(mount), List.of());
    group(mount, "cpuset cpu io memory hugetlb pids rdma", "pids");
    group(mount.resolve("jcompose"), "cpuset cpu io memory pids", "");
  }

  private static void group(Path folder, String available, String enabled) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("cgroup.controllers"), available);
    Files.writeString(folder.resolve("cgroup.subtree_control"), enabled);
  }

  @Test
  void controllers_are_handed_down_from_the_top_to_the_groups_parent() throws IOException {
    host.group("/jcompose/c").create();
    assertThat(mount.resolve("cgroup.subtree_control")).hasContent("+cpuset +cpu +io +memory");
    assertThat(mount.resolve("jcompose/cgroup.subtree_control"))
        .hasContent("+cpuset +cpu +io +memory +pids");
    assertThat(mount.resolve("jcompose/c")).isEmptyDirectory(); // else no process could be in it
  }

  @Test
  void a_process_is_born_in_the_group_and_another_joins_where_the_first_is() {
    Cgroup group = host.group("/jcompose/c");
    assertThat(group.birthFolder()).contains(mount.resolve("jcompose/c"));
    assertThat(group.joinFolders()).isEmpty();
    assertThat(group.foldersOf(1)).containsExactly(mount.resolve("jcompose/c"));
    assertThat(group.views()).isEqualTo(Map.of("", mount.resolve("jcompose/c")));
  }

  @Test
  void a_limit_whose_controller_is_not_handed_down_says_so() throws IOException {
    Cgroup group = host.group("/jcompose/c");
    group.create();
    group.set(List.of(new CgroupSetting("memory", "memory.swap.max", "1", false)));
    assertThatThrownBy(() -> group.set(List.of(new CgroupSetting("", "memory.max", "64"))))
        .hasMessageContaining("cannot write 64 to " + mount.resolve("jcompose/c/memory.max"))
        .hasMessageContaining("has only the controllers [+cpuset");
    Files.writeString(mount.resolve("jcompose/c/memory.max"), "");
    group.set(List.of(new CgroupSetting("", "memory.max", "64")));
    assertThat(mount.resolve("jcompose/c/memory.max")).hasContent("64");
  }

  @Test
  void memory_that_ran_out_is_seen() throws IOException {
    Cgroup group = host.group("/jcompose/c");
    group.create();
    assertThat(group.oomKilled()).isFalse();
    Path events = mount.resolve("jcompose/c/memory.events");
    Files.writeString(events, "low 0\nhigh 0\nmax 3\noom 1\noom_kill 0\noom_group_kill 0\n");
    assertThat(group.oomKilled()).isFalse();
    Files.writeString(events, "low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\noom_group_kill 0\n");
    assertThat(group.oomKilled()).isTrue();
  }

  @Test
  void monitors_leave_the_daemons_service_on_either_kind_of_host() throws IOException {
    var v2 = CgroupHost.parse(List.of("1 0 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw"));
    assertThat(v2.outliving("/jcompose/monitors").folders())
        .containsExactly(Path.of("/sys/fs/cgroup/jcompose/monitors"));
    var hybrid =
        CgroupHost.parse(
            List.of(
                "1 0 0:1 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw",
                "2 0 0:2 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd",
                "3 0 0:3 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"));
    assertThat(hybrid.outliving("/jcompose/monitors").folders())
        .containsExactly(
            Path.of("/sys/fs/cgroup/unified/jcompose/monitors"),
            Path.of("/sys/fs/cgroup/systemd/jcompose/monitors"));
  }
}
