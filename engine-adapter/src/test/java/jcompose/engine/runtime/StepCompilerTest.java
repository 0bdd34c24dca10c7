package jcompose.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jcompose.core.resource.ContainerId;
import jcompose.engine.snapshot.OverlayLayout;
import org.junit.jupiter.api.Test;

/// The whole list for a default container: a change of isolation shows here first.
class StepCompilerTest {
  private static final OverlayLayout ROOT =
      new OverlayLayout(
          Path.of("/data/layers"),
          List.of("top", "bottom"),
          Path.of("/data/c/upper"),
          Path.of("/data/c/work"));

  private final RuntimeSpec spec =
      RuntimeSpec.of(
          new ContainerId("ab".repeat(32)),
          ROOT,
          RuntimeProcess.of(List.of("sleep", "10"), List.of("PATH=/bin")));
  private final Isolation isolation =
      new Isolation(
          Capabilities.DEFAULT,
          List.of(6L),
          false,
          List.of(),
          Sysctls.resolve(Map.of(), Namespaces.OWN),
          List.of(),
          DefaultMounts.MASKED,
          DefaultMounts.READ_ONLY_PATHS,
          DeviceNode.resolve(List.of()),
          0,
          false);

  @Test
  void what_a_default_container_is_made_of() {
    List<SetupStep> steps =
        new StepCompiler(spec, isolation)
            .setUp(new UnifiedGroup(), Path.of("/run/c/root"), Path.of("/data/skeleton"));
    // hosts without /proc/kcore, as in a small virtual machine, have no link to it
    assertThat(describe(steps).replace("link /proc/kcore /dev/core\n", ""))
        .isEqualTo(
            """
            unshare 33554432
            keyctl-join 1 _ses.abababababababababababababababababababababababababababababababab
            keyctl 5 -3 1058734080
            write /proc/self/oom_score_adj 0
            write /proc/sys/net/ipv4/ip_unprivileged_port_start 0
            write /proc/sys/net/ipv4/ping_group_range "0 2147483647"
            write /proc/sys/kernel/hostname abababababab
            host-mount "" / "" 540672 ""
            chdir /data/layers
            host-mount overlay /run/c/root overlay 0 lowerdir=top:bottom:/data/skeleton,upperdir=/data/c/upper,workdir=/data/c/work,redirect_dir=off,metacopy=off,index=off
            root /run/c/root
            mount proc /proc 14 source=proc
            mount tmpfs /dev 34 source=tmpfs mode=755 size=65536k
            device /dev/null 8630 1 3 0 0
            device /dev/zero 8630 1 5 0 0
            device /dev/full 8630 1 7 0 0
            device /dev/random 8630 1 8 0 0
            device /dev/urandom 8630 1 9 0 0
            device /dev/tty 8630 5 0 0 0
            link /proc/self/fd /dev/fd
            link pts/ptmx /dev/ptmx
            link /proc/self/fd/2 /dev/stderr
            link /proc/self/fd/0 /dev/stdin
            link /proc/self/fd/1 /dev/stdout
            mount devpts /dev/pts 10 source=devpts newinstance ptmxmode=0666 mode=0620 gid=5
            mount sysfs /sys 15 source=sysfs ro
            bind /sys/fs/cgroup/jcompose/x /sys/fs/cgroup 0 15 0 262144
            mount mqueue /dev/mqueue 14 source=mqueue
            mount tmpfs /dev/shm 14 source=shm mode=1777 size=67108864
            directory / 493
            read-only /proc/bus
            read-only /proc/fs
            read-only /proc/irq
            read-only /proc/sys
            read-only /proc/sysrq-trigger
            mask /proc/asound
            mask /proc/acpi
            mask /proc/kcore
            mask /proc/keys
            mask /proc/latency_stats
            mask /proc/timer_list
            mask /proc/timer_stats
            mask /proc/sched_debug
            mask /proc/scsi
            mask /sys/firmware
            mask /sys/devices/virtual/powercap
            chdir /run/c/root
            pivot-root . .
            host-unmount . 2
            chdir /
            root /
            """);
  }

  @Test
  void what_its_process_becomes() {
    List<SetupStep> steps =
        new StepCompiler(spec, isolation)
            .start(new ResolvedUser(1000, 100, List.of(10L, 20L), "/home/bob"));
    assertThat(describe(steps))
        .isEqualTo(
            """
            umask 18
            bounding 2818844155
            seccomp [6]
            setgroups 3 [100, 10, 20]
            own-streams 1000
            prctl 8 1
            setresgid 100 100 100
            setresuid 1000 1000 1000
            working-directory /
            capset [537396514, 0] [2818844155, 2818844155, 0, 0, 0, 0]
            execute 1 2 /bin/sleep PATH=/bin HOME=/home/bob sleep 10
            """);
  }

  private static String describe(List<SetupStep> steps) {
    return steps.stream().map(step -> step.describe() + "\n").collect(Collectors.joining());
  }
}
