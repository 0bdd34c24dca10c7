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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogRequest;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.ResourceLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real containers on the real kernel, looked at from inside.
@Tag("root")
@Timeout(60)
class RuntimeIT {
  private static final String GROUP = "jctest" + ProcessHandle.current().pid();

  @TempDir(factory = ShortFolder.class)
  Path folder;

  private final List<ContainerId> made = new ArrayList<>();
  private BusyboxRoot root;
  private MonitorRuntime runtime;

  @BeforeEach
  void open() throws IOException {
    root = BusyboxRoot.in(folder);
    runtime = MonitorRuntime.open(folder.resolve("run"), folder, GROUP);
  }

  @AfterEach
  void clean() throws IOException {
    if (runtime == null) {
      return;
    }
    made.forEach(runtime::remove);
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder.toString());
    runtime.close();
    try (var hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
      assertThat(hierarchies.filter(it -> Files.exists(it.resolve(GROUP)))).as("cgroups").isEmpty();
    }
  }

  @Test
  void output_and_exit_code_of_a_program() throws Exception {
    Run run = run(spec("sh", "-c", "echo out; echo err >&2; exit 3"));
    assertThat(run.output).contains("out\n").contains("err\n");
    assertThat(run.code).isEqualTo(new ExitCode(3));
  }

  @Test
  void a_default_container_has_dockers_isolation() throws Exception {
    String status = run(spec("cat", "/proc/self/status")).output;
    assertThat(status)
        .contains("CapEff:\t00000000a80425fb")
        .contains("CapBnd:\t00000000a80425fb")
        .contains("CapInh:\t0000000000000000")
        .contains("Seccomp:\t2")
        .contains("NoNewPrivs:\t0");
    String seen =
        run(spec(
                "sh",
                "-c",
                "id; hostname; echo pid $$; ls /dev; ls /proc/self/fd; ls /sys/firmware; cat"
                    + " /proc/keys; echo 1 > /proc/sys/vm/drop_caches; head -c 1 /dev/kmsg; mount"
                    + " -t tmpfs x /tmp; env"))
            .output;
    assertThat(seen)
        .contains("uid=0(root) gid=0(root) groups=0(root),10(wheel)")
        .contains("pid 1\n")
        .contains(
            """
            fd
            full
            mqueue
            null
            ptmx
            pts
            random
            shm
            stderr
            stdin
            stdout
            tty
            urandom
            zero
            0
            1
            2
            3
            """)
        .contains("can't create /proc/sys/vm/drop_caches: Read-only file system")
        .contains("mount: permission denied (are you root?)")
        .contains("HOME=/root");
    for (String namespace : List.of("pid", "mnt", "uts", "ipc", "net", "cgroup")) {
      String inside = run(spec("sh", "-c", "ls -l /proc/self/ns/" + namespace)).output;
      String host = Files.readSymbolicLink(Path.of("/proc/self/ns/" + namespace)).toString();
      assertThat(inside).as(namespace).contains(namespace + ":[").doesNotContain(host);
    }
  }

  @Test
  void what_cannot_be_executed_is_told_in_dockers_words() {
    assertThatThrownBy(() -> run(spec("nothing")))
        .isInstanceOfSatisfying(
            ContainerStartException.class, e -> assertThat(e.exitCode().value()).isEqualTo(127))
        .hasMessageContaining("exec: \"nothing\": executable file not found in $PATH");
    assertThatThrownBy(() -> run(spec("/bin/nothing")))
        .hasMessageContaining(
            "exec: \"/bin/nothing\": stat /bin/nothing: no such file or directory");
    assertThatThrownBy(() -> run(spec("/tmp")))
        .isInstanceOfSatisfying(
            ContainerStartException.class, e -> assertThat(e.exitCode().value()).isEqualTo(126))
        .hasMessageContaining("exec: \"/tmp\": permission denied");
    assertThat(runtime.known()).isEmpty();
  }

  @Test
  void a_step_that_fails_is_named() throws Exception {
    RuntimeMount missing = RuntimeMount.Bind.of(folder.resolve("missing"), "/data", false);
    assertThatThrownBy(() -> run(with(spec("true"), List.of(missing))))
        .hasMessageContaining(
            "error mounting \"%s\" to rootfs at \"/data\"".formatted(folder.resolve("missing")))
        .hasMessageContaining("no such file or directory");
  }

  @Test
  void a_mount_target_that_is_a_link_stays_inside() throws Exception {
    Path source = Files.writeString(folder.resolve("secret"), "inside\n");
    RuntimeSpec spec = spec("sh", "-c", "cat /etc/escape; cat " + folder + "/outside");
    Files.createDirectories(spec.root().upper().resolve("etc"));
    Files.createSymbolicLink(spec.root().upper().resolve("etc/escape"), folder.resolve("outside"));
    String output =
        run(with(spec, List.of(RuntimeMount.Bind.of(source, "/etc/escape", true)))).output;
    assertThat(output).isEqualTo("inside\ninside\n");
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  @Test
  void users_are_looked_up_in_the_container() throws Exception {
    RuntimeProcess process =
        new RuntimeProcess(
            List.of("sh", "-c", "id; pwd; echo $HOME; echo x > /dev/stdout; cat /proc/self/status"),
            List.of("PATH=/bin"),
            "/made/here",
            "bob",
            false,
            false,
            false,
            Optional.empty());
    assertThat(run(with(spec(), process)).output)
        .contains("uid=1000(bob) gid=1000(bob) groups=10(wheel),1000(bob)")
        .contains("/made/here\n/home/bob\nx\n")
        .contains("CapEff:\t0000000000000000");
    RuntimeProcess unknown =
        new RuntimeProcess(
            List.of("true"),
            List.of("PATH=/bin"),
            "/",
            "eve",
            false,
            false,
            false,
            Optional.empty());
    assertThatThrownBy(() -> run(with(spec(), unknown)))
        .hasMessageContaining("unable to find user eve: no matching entries in passwd file");
  }

  @Test
  void limits_and_options_reach_the_kernel() throws Exception {
    IsolationSpec isolation =
        IsolationSpec.builder()
            .ulimits(List.of("nofile=100:200"))
            .readOnlyRoot(true)
            .capDrop(List.of("ALL"))
            .securityOptions(List.of("no-new-privileges"))
            .oomScoreAdjust(Optional.of(500))
            .shmSizeBytes(Optional.of(1L << 20))
            .init(Optional.of(true))
            .build();
    String seen =
        run(with(
                spec(
                    "sh",
                    "-c",
                    "ulimit -n; cat /proc/self/status /proc/self/oom_score_adj; mount; touch /x;"
                        + " cat /proc/1/cmdline"),
                isolation))
            .output;
    assertThat(seen)
        .startsWith("100\n")
        .contains("CapBnd:\t0000000000000000")
        .contains("NoNewPrivs:\t1")
        .contains("Seccomp:\t2")
        .contains("\n500\n")
        .contains("size=1024k")
        .contains("overlay on / type overlay (ro,")
        .contains("docker-init");
  }

  @Test
  void signals_attach_input_and_exec() throws Exception {
    RuntimeProcess process =
        new RuntimeProcess(
            List.of("sh", "-c", "read line; echo got $line; sleep 1000"),
            List.of("PATH=/bin"),
            "/",
            "",
            false,
            true,
            false,
            Optional.empty());
    CreatedContainer created = create(with(spec(), process));
    Attachment attachment = created.attach(AttachRequest.ALL);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Thread reader = Thread.startVirtualThread(() -> forward(attachment, output));
    RunningContainer running = created.start();
    attachment.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));

    ExecSession session =
        running.exec(
            new ExecSpec(
                "e1",
                List.of("sh", "-c", "cat; echo $1 $HOME; id; exit 7", "sh", "second"),
                List.of("PATH=/bin"),
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                false,
                Optional.empty()));
    session.attachment().stdin().write("from stdin\n".getBytes(StandardCharsets.UTF_8));
    session.attachment().stdin().close();
    ByteArrayOutputStream execOutput = new ByteArrayOutputStream();
    forward(session.attachment(), execOutput);
    assertThat(session.exit().get(10, TimeUnit.SECONDS)).isEqualTo(new ExitCode(7));
    assertThat(execOutput.toString(StandardCharsets.UTF_8))
        .startsWith("from stdin\nsecond /root\nuid=0(root)");
    assertThatThrownBy(
            () ->
                running.exec(
                    new ExecSpec(
                        "e2",
                        List.of("gone"),
                        List.of("PATH=/bin"),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        false,
                        Optional.empty())))
        .hasMessageContaining(
            "exec failed: unable to start container process: exec: \"gone\": executable file not"
                + " found in $PATH");

    running.pause();
    assertThat(running.paused()).isTrue();
    running.unpause();
    assertThat(running.stats().pids()).isPositive();
    running.kill(9);
    assertThat(running.exit().get(10, TimeUnit.SECONDS).code()).isEqualTo(new ExitCode(137));
    reader.join();
    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("got hello\n");
    assertThatThrownBy(() -> running.kill(15)).isInstanceOf(EngineException.Conflict.class);
  }

  @Test
  void a_client_that_does_not_read_holds_nobody_up_for_a_megabyte() throws Exception {
    Path log = folder.resolve("log");
    RuntimeSpec spec =
        withLog(
            spec(
                "sh",
                "-c",
                "i=0; while [ $i -lt 90 ]; do head -c 10000 /dev/zero; i=$((i+1)); done"),
            log);
    CreatedContainer created = create(spec);
    Attachment lazy = created.attach(AttachRequest.ALL);
    RunningContainer running = created.start();
    assertThat(running.exit().get(10, TimeUnit.SECONDS).code()).isEqualTo(new ExitCode(0));
    ByteArrayOutputStream late = new ByteArrayOutputStream();
    forward(lazy, late);
    assertThat(late.size()).isEqualTo(900_000);
    assertThat(Files.size(log)).isGreaterThan(900_000);
  }

  @Test
  void a_terminal_has_a_size_and_can_be_resized() throws Exception {
    RuntimeProcess process =
        new RuntimeProcess(
            List.of("sh", "-c", "stty size; tty; read x; stty size"),
            List.of("PATH=/bin"),
            "/",
            "",
            true,
            true,
            false,
            Optional.of(new TerminalSize(24, 80)));
    CreatedContainer created = create(with(spec(), process));
    Attachment attachment = created.attach(AttachRequest.ALL);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    RunningContainer running = created.start();
    running.resize(new TerminalSize(40, 120));
    attachment.stdin().write('\n');
    forward(attachment, output);
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("/dev/pts/0").contains("40 120");
    running.exit().get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_later_daemon_finds_what_runs_and_what_ended() throws Exception {
    Path log = folder.resolve("log");
    ContainerId id = id();
    RuntimeSpec spec = withLog(spec(id, "sh", "-c", "echo one; read line; echo two"), log);
    RuntimeSpec waiting =
        with(
            spec,
            new RuntimeProcess(
                spec.process().arguments(),
                List.of("PATH=/bin"),
                "/",
                "",
                false,
                true,
                true,
                Optional.empty()));
    create(waiting).start();
    runtime
        .close(); // its connection stays open as a dead process's would not: the monitor must serve
    // a second one
    try (MonitorRuntime later = MonitorRuntime.open(folder.resolve("run"), folder, GROUP)) {
      assertThat(later.known()).containsExactly(id);
      RunningContainer found = ((ContainerRuntime.Recovered.Running) later.recover(id)).container();
      Attachment attachment = found.attach(AttachRequest.ALL);
      attachment.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
      ExitStatus status = found.exit().get(10, TimeUnit.SECONDS);
      assertThat(status.code()).isEqualTo(new ExitCode(0));
      assertThat(later.recover(id)).isEqualTo(new ContainerRuntime.Recovered.Ended(status));
      assertThat(read(log, LogRequest.ALL)).isEqualTo("one\ntwo\n");
      assertThat(
              read(
                  log,
                  new LogRequest(false, Optional.of(1), Optional.empty(), Optional.empty(), false)))
          .isEqualTo("two\n");
      later.remove(id);
      assertThat(later.recover(id)).isInstanceOf(ContainerRuntime.Recovered.Gone.class);
    }
  }

  @Test
  void running_out_of_memory_is_told() throws Exception {
    ResourceLimits limits =
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
            Optional.of(50L),
            Optional.empty(),
            List.of());
    RuntimeSpec plain = spec("sh", "-c", "dd if=/dev/zero of=/dev/null bs=64M count=1; exit 137");
    RuntimeSpec spec =
        new RuntimeSpec(
            plain.id(),
            plain.root(),
            plain.process(),
            List.of(),
            Namespaces.OWN,
            "h",
            "",
            IsolationSpec.DEFAULT,
            limits,
            plain.output());
    RunningContainer running = create(spec).start();
    ExitStatus status = running.exit().get(20, TimeUnit.SECONDS);
    assertThat(status.oomKilled()).isTrue();
    assertThat(status.code()).isEqualTo(new ExitCode(137));
  }

  private record Run(String output, ExitCode code) {}

  private Run run(RuntimeSpec spec) throws Exception {
    CreatedContainer created = create(spec);
    Attachment attachment = created.attach(AttachRequest.OUTPUT);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    RunningContainer running = created.start();
    forward(attachment, output);
    ExitCode code = running.exit().get(20, TimeUnit.SECONDS).code();
    runtime.remove(spec.id());
    return new Run(output.toString(StandardCharsets.UTF_8), code);
  }

  private static void forward(Attachment attachment, ByteArrayOutputStream output) {
    attachment.forwardTo((_, bytes, offset, length) -> output.write(bytes, offset, length));
  }

  private static String read(Path log, LogRequest request) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new LogFileReader()
        .read(
            log,
            request,
            Optional.empty(),
            CompletableFuture.completedFuture(true),
            (_, bytes, offset, length) -> output.write(bytes, offset, length));
    return output.toString(StandardCharsets.UTF_8);
  }

  private CreatedContainer create(RuntimeSpec spec) {
    made.add(spec.id());
    return runtime.create(spec);
  }

  private static ContainerId id() {
    return new ContainerId((UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", ""));
  }

  private RuntimeSpec spec(String... words) throws IOException {
    return spec(id(), words);
  }

  private RuntimeSpec spec(ContainerId id, String... words) throws IOException {
    return RuntimeSpec.of(
        id, root.overlay(id.value()), RuntimeProcess.of(List.of(words), List.of("PATH=/bin")));
  }

  private static RuntimeSpec with(RuntimeSpec spec, List<RuntimeMount> mounts) {
    return new RuntimeSpec(
        spec.id(),
        spec.root(),
        spec.process(),
        mounts,
        spec.namespaces(),
        spec.hostname(),
        "",
        spec.isolation(),
        spec.limits(),
        spec.output());
  }

  private static RuntimeSpec with(RuntimeSpec spec, RuntimeProcess process) {
    return new RuntimeSpec(
        spec.id(),
        spec.root(),
        process,
        spec.mounts(),
        spec.namespaces(),
        spec.hostname(),
        "",
        spec.isolation(),
        spec.limits(),
        spec.output());
  }

  private static RuntimeSpec with(RuntimeSpec spec, IsolationSpec isolation) {
    return new RuntimeSpec(
        spec.id(),
        spec.root(),
        spec.process(),
        spec.mounts(),
        spec.namespaces(),
        spec.hostname(),
        "",
        isolation,
        spec.limits(),
        spec.output());
  }

  private static RuntimeSpec withLog(RuntimeSpec spec, Path log) {
    return new RuntimeSpec(
        spec.id(),
        spec.root(),
        spec.process(),
        spec.mounts(),
        spec.namespaces(),
        spec.hostname(),
        "",
        spec.isolation(),
        spec.limits(),
        new Output.LogFile(log, 0, 1, false));
  }
}
