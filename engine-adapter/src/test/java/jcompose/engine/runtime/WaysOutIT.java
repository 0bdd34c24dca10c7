package jcompose.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import jcompose.core.resource.ContainerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ways by which programs have left their containers in other engines, tried on this one.
@Tag("root")
@Timeout(60)
class WaysOutIT {
  @TempDir(factory = ShortFolder.class)
  Path folder;

  private final List<ContainerId> made = new ArrayList<>();
  private BusyboxRoot root;
  private MonitorRuntime runtime;

  @BeforeEach
  void open() throws IOException {
    root = BusyboxRoot.in(folder);
    runtime =
        MonitorRuntime.open(
            folder.resolve("run"), folder, "jcways" + ProcessHandle.current().pid());
  }

  @AfterEach
  void clean() {
    if (runtime != null) {
      made.forEach(runtime::remove);
      runtime.close();
    }
  }

  /// CVE-2019-5736: the container's program is the runtime itself, and writes to it.
  @Test
  void the_monitors_program_cannot_be_overwritten_from_inside() throws Exception {
    assertThat(run("true")).isEmpty();
    Path program = folder.resolve("run/c/jcompose-monitor");
    byte[] before = Files.readAllBytes(program);
    // the interpreter of the program is whoever executes it
    String output =
        run("/proc/self/exe", "init", "sh", "-c", "(echo x > /proc/1/exe) 2>&1; echo done");
    assertThat(output).contains("can't create /proc/1/exe").contains("done");
    assertThat(Files.readAllBytes(program)).isEqualTo(before);
    assertThat(run("echo", "next")).isEqualTo("next\n");
  }

  /// CVE-2024-21626: a descriptor of the host left open, and a working folder that goes through it.
  @Test
  void no_descriptor_of_the_host_is_left_open() throws Exception {
    assertThat(run("ls", "/proc/self/fd")).isEqualTo("0\n1\n2\n3\n"); // 3 is the listing's own
    for (int fd = 3; fd < 6; fd++) {
      RuntimeProcess process = process("/proc/self/fd/" + fd, "ls", "..");
      assertThatThrownBy(() -> create(process).start()).isInstanceOf(ContainerStartException.class);
    }
  }

  /// The same for exec sessions.
  @Test
  void an_exec_session_has_no_descriptor_of_the_host_either() throws Exception {
    RunningContainer running = create(process("/", "sleep", "100")).start();
    assertThat(exec(running, "/", "ls", "/proc/self/fd")).isEqualTo("0\n1\n2\n3\n");
    for (int fd = 3; fd < 8; fd++) {
      String inherited = "/proc/self/fd/" + fd;
      assertThatThrownBy(() -> exec(running, inherited, "ls", ".."))
          .isInstanceOf(ContainerStartException.class);
    }
  }

  /// CVE-2025-31133: masks made of a /dev/null that the container has replaced.
  @Test
  void a_replaced_dev_null_masks_nothing_and_stops_the_start() throws Exception {
    Path devices = Files.createDirectories(folder.resolve("devices"));
    Files.createSymbolicLink(devices.resolve("null"), Path.of("/proc/sysrq-trigger"));
    RuntimeSpec spec = spec(process("/", "cat", "/proc/keys"));
    assertThatThrownBy(() -> run(mounted(spec, RuntimeMount.Bind.of(devices, "/dev", false))))
        .isInstanceOf(ContainerStartException.class)
        .hasMessageContaining("mask /proc/keys");
  }

  /// CVE-2021-30465, CVE-2025-52565: a mount's target is a link that leads out.
  @Test
  void mounts_on_links_stay_below_the_containers_root() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path source = Files.createDirectories(folder.resolve("source"));
    Files.writeString(source.resolve("mark"), "");
    for (String link : List.of(outside.toString(), "../../../../../../.." + outside)) {
      RuntimeSpec spec = spec(process("/", "ls", "/data"));
      Files.createSymbolicLink(spec.root().upper().resolve("data"), Path.of(link));
      assertThat(run(mounted(spec, RuntimeMount.Bind.of(source, "/data", false))))
          .isEqualTo("mark\n");
    }
    assertThat(outside).isEmptyDirectory();
  }

  /// CVE-2022-0492: a program of the container named as release agent of a control group.
  @Test
  void control_groups_cannot_be_mounted_or_written() throws Exception {
    String output =
        run(
            "sh",
            "-c",
            "for h in memory pids cpu; do mount -t cgroup -o $h x /tmp; done 2>&1;"
                + " for f in /sys/fs/cgroup/*/notify_on_release /sys/fs/cgroup/cgroup.procs;"
                + " do (echo 1 > $f) 2>&1; done; busybox unshare -Urm true 2>&1; echo done");
    assertThat(output)
        .contains("permission denied")
        .contains("unshare: ")
        .doesNotContain("mounted")
        .contains("done");
    assertThat(output.lines().filter(line -> line.contains("can't create")))
        .isNotEmpty()
        .allMatch(line -> line.contains("Read-only file system") || line.contains("nonexistent"));
  }

  /// CVE-2020-15257: the monitor's socket reached from a container in the host's network.
  @Test
  void no_abstract_socket_leads_to_the_monitor() throws Exception {
    create(process("/", "sleep", "100")).start();
    assertThat(Files.readAllLines(Path.of("/proc/net/unix")))
        .noneMatch(line -> line.contains("@") && line.contains(folder.toString()));
  }

  @Test
  void the_monitor_is_out_of_reach_of_signals() throws Exception {
    String output =
        run(
            "sh",
            "-c",
            "while read name value; do [ $name = PPid: ] && echo parent $value; done"
                + " < /proc/1/status; kill -9 -1; echo alive");
    // two streams: their lines may come in any order
    assertThat(output).contains("parent 0\n", "alive\n", "No such process");
  }

  @Test
  void the_keys_of_the_engine_are_not_the_containers() throws Exception {
    String own = Files.readString(Path.of("/proc/keys")).lines().toList().toString();
    String output = run("cat", "/proc/key-users");
    assertThat(output).isNotEmpty();
    assertThat(run("cat", "/proc/keys")).isEmpty();
    assertThat(own).doesNotContain("_ses." + made.getFirst());
  }

  private static RuntimeProcess process(String folder, String... words) {
    return new RuntimeProcess(
        List.of(words), List.of("PATH=/bin"), folder, "", false, false, false, Optional.empty());
  }

  private RuntimeSpec spec(RuntimeProcess process) throws IOException {
    var id = new ContainerId((UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", ""));
    return RuntimeSpec.of(id, root.overlay(id.value()), process);
  }

  private static RuntimeSpec mounted(RuntimeSpec spec, RuntimeMount mount) {
    return new RuntimeSpec(
        spec.id(),
        spec.root(),
        spec.process(),
        List.of(mount),
        spec.namespaces(),
        spec.hostname(),
        "",
        spec.isolation(),
        spec.limits(),
        spec.output());
  }

  private CreatedContainer create(RuntimeSpec spec) {
    made.add(spec.id());
    return runtime.create(spec);
  }

  private CreatedContainer create(RuntimeProcess process) throws IOException {
    return create(spec(process));
  }

  private String run(String... words) throws Exception {
    return run(process("/", words));
  }

  private String run(RuntimeProcess process) throws Exception {
    return run(spec(process));
  }

  private String run(RuntimeSpec spec) throws Exception {
    CreatedContainer created = create(spec);
    Attachment attachment = created.attach(AttachRequest.OUTPUT);
    var output = new ByteArrayOutputStream();
    RunningContainer running = created.start();
    attachment.forwardTo((_, bytes, offset, length) -> output.write(bytes, offset, length));
    running.exit().get(20, TimeUnit.SECONDS);
    runtime.remove(spec.id());
    return output.toString(StandardCharsets.UTF_8);
  }

  private static String exec(RunningContainer container, String folder, String... words)
      throws Exception {
    var spec =
        new ExecSpec(
            UUID.randomUUID().toString().replace("-", ""),
            List.of(words),
            List.of("PATH=/bin"),
            Optional.empty(),
            Optional.of(folder),
            false,
            false,
            false,
            Optional.empty());
    ExecSession session = container.exec(spec);
    var output = new ByteArrayOutputStream();
    session.attachment().forwardTo((_, bytes, at, length) -> output.write(bytes, at, length));
    session.exit().get(20, TimeUnit.SECONDS);
    return output.toString(StandardCharsets.UTF_8);
  }
}
