package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.NameResolution;
import jcompose.core.resource.ResourceLimits;
import org.junit.jupiter.api.Test;

/// What a container sees and may do, by default and on request.
public interface IsolationContract extends ContractScene {
  @Test
  default void a_container_sees_only_its_own_processes() {
    assertThat(outputOf(shell("echo $$; ls -d /proc/[0-9]* | wc -l | tr -d ' '")))
        .matches("1\n[1-4]");
  }

  @Test
  default void a_container_has_its_own_host_name() {
    assertThat(outputOf(with(isolation().hostname(Optional.of("box")), "hostname")))
        .isEqualTo("box");
    ContainerId id = run(spec("hostname"));
    assertThat(logs(id, LogRequest.ALL).stdout().strip()).isEqualTo(id.shortId());
  }

  @Test
  default void a_container_has_dockers_capabilities_and_no_more() {
    assertThat(outputOf(shell("grep CapEff /proc/self/status | tr -s '\\t' ' '")))
        .isEqualTo("CapEff: 00000000a80425fb");
    assertThat(
            outputOf(
                with(
                    isolation().capDrop(List.of("ALL")).capAdd(List.of("NET_BIND_SERVICE")),
                    "sh",
                    "-c",
                    "grep CapEff /proc/self/status | tr -s '\\t' ' '")))
        .isEqualTo("CapEff: 0000000000000400");
  }

  @Test
  default void a_read_only_root_leaves_tmpfs_writable() {
    assertThat(
            outputOf(
                with(
                    isolation().readOnlyRoot(true).tmpfs(Map.of("/tmp", "size=1m")),
                    "sh",
                    "-c",
                    "touch /tmp/a && echo tmp; touch /a 2>/dev/null || echo root")))
        .isEqualTo("tmp\nroot");
  }

  @Test
  default void an_init_process_comes_before_the_command() {
    assertThat(outputOf(with(isolation().init(Optional.of(true)), "sh", "-c", "echo $$")))
        .isNotEqualTo("1");
  }

  @Test
  default void ulimits_are_set() {
    assertThat(
            outputOf(
                with(
                    isolation().ulimits(List.of("nofile=123:456")),
                    "sh",
                    "-c",
                    "ulimit -S -n; ulimit -H -n")))
        .isEqualTo("123\n456");
  }

  @Test
  default void shared_memory_has_its_size() {
    assertThat(
            outputOf(
                with(
                    isolation().shmSizeBytes(Optional.of(2L << 20)),
                    "sh",
                    "-c",
                    "df -k /dev/shm | tail -1 | tr -s ' ' | cut -d ' ' -f 2")))
        .isEqualTo("2048");
  }

  @Test
  default void kernel_settings_of_its_own_namespaces_are_set() {
    assertThat(
            outputOf(
                with(
                    isolation().sysctls(Map.of("net.ipv4.ip_unprivileged_port_start", "81")),
                    "cat",
                    "/proc/sys/net/ipv4/ip_unprivileged_port_start")))
        .isEqualTo("81");
  }

  @Test
  default void groups_are_added() {
    assertThat(
            outputOf(with(isolation().groupAdd(List.of("extra", "3000")), "sh", "-c", "id -G"))
                .split(" "))
        .contains("2000", "3000");
  }

  @Test
  default void sensitive_files_of_the_kernel_are_hidden() {
    assertThat(
            outputOf(
                shell(
                    "ls /sys/firmware | wc -l;"
                        + " echo x 2>/dev/null > /proc/sys/kernel/hostname || echo refused")))
        .isEqualTo("0\nrefused");
  }

  @Test
  default void extra_hosts_are_known_by_name() {
    ContainerSpec.Builder spec =
        ContainerSpec.of(ContractImage.NAME)
            .labels(LABELS)
            .names(new NameResolution(List.of(), List.of(), List.of(), List.of("friend:10.9.8.7")))
            .command("cat", "/etc/hosts");
    assertThat(outputOf(spec)).containsPattern("10\\.9\\.8\\.7\\s+friend");
  }

  @Test
  default void a_memory_limit_ends_what_needs_more() {
    var limits =
        new ResourceLimits(
            Optional.of(16L << 20),
            Optional.empty(),
            Optional.of(16L << 20),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    ContainerId id = run(spec("tail", "/dev/zero").limits(limits));
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(137));
    assertThat(engine().containers().inspect(id).oomKilled()).isTrue();
  }

  private static IsolationSpec.Builder isolation() {
    return IsolationSpec.builder().networkMode(Optional.of("none"));
  }

  private ContainerSpec.Builder with(IsolationSpec.Builder isolation, String... command) {
    return spec(command).isolation(isolation.build());
  }
}
