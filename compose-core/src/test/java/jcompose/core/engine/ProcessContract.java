package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jcompose.core.resource.CommitSpec;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerUsage;
import jcompose.core.resource.ExecSpec;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.ImageReference;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.ProcessSpec;
import org.junit.jupiter.api.Test;

/// What a container's process gets, what it may write, and commands beside it.
public interface ProcessContract extends ContractScene {
  @Test
  default void output_is_kept_by_stream() {
    ContainerId id = run(shell("echo out; echo err >&2; printf tail"));
    assertThat(logs(id, LogRequest.ALL))
        .isEqualTo(new Output("out\ntail", "err\n", new ExitCode(0)));
  }

  @Test
  default void a_tail_is_the_last_lines() {
    ContainerId id = run(shell("seq 1 20"));
    var request = new LogRequest(false, Optional.of(2), Optional.empty(), Optional.empty(), false);
    assertThat(logs(id, request).stdout()).isEqualTo("19\n20\n");
  }

  @Test
  default void a_large_output_is_complete() {
    ContainerId id = run(shell("seq 1 50000"));
    String stdout = logs(id, LogRequest.ALL).stdout();
    assertThat(stdout.lines().count()).isEqualTo(50_000);
    assertThat(stdout).endsWith("49999\n50000\n");
  }

  @Test
  default void timestamps_come_before_each_line() {
    ContainerId id = run(shell("echo one; echo two"));
    var request = new LogRequest(false, Optional.empty(), Optional.empty(), Optional.empty(), true);
    assertThat(logs(id, request).stdout().lines())
        .allMatch(it -> it.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z (one|two)"))
        .hasSize(2);
  }

  @Test
  default void following_a_log_shows_lines_as_they_come_and_ends_with_the_container()
      throws InterruptedException {
    ContainerId id =
        start(shell("echo early; while [ ! -e /go ]; do usleep 20000; done; echo late"));
    var sink = new Capture();
    var request = new LogRequest(true, Optional.empty(), Optional.empty(), Optional.empty(), false);
    Thread reader = Thread.ofVirtual().start(() -> engine().containers().logs(id, request, sink));
    await("the first line", () -> sink.stdout().equals("early\n"));
    exec(id, "touch", "/go");
    assertThat(reader.join(Duration.ofSeconds(20))).isTrue();
    assertThat(sink.stdout()).isEqualTo("early\nlate\n");
  }

  @Test
  default void an_interrupt_ends_following() throws InterruptedException {
    ContainerId id = start(sleeper());
    var request = new LogRequest(true, Optional.empty(), Optional.empty(), Optional.empty(), false);
    Thread reader =
        Thread.ofVirtual().start(() -> engine().containers().logs(id, request, new Capture()));
    Thread.sleep(200);
    reader.interrupt();
    assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  default void a_terminal_makes_one_raw_stream() {
    var process =
        new ProcessSpec(
            Optional.empty(),
            Optional.of(List.of("sh", "-c", "tty; echo err >&2")),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            false,
            false);
    ContainerId id = run(spec().process(process));
    assertThat(engine().containers().inspect(id).tty()).isTrue();
    Output output = logs(id, LogRequest.ALL);
    assertThat(output.stdout()).contains("/dev/pts/0", "err");
    assertThat(output.stderr()).isEmpty();
  }

  @Test
  default void a_missing_command_is_127() {
    ContainerId id = create(spec("no-such-command"));
    assertThatThrownBy(() -> engine().containers().start(id))
        .isInstanceOf(EngineException.Failed.class)
        .hasMessageContaining("\"no-such-command\": executable file not found in $PATH");
    var details = engine().containers().inspect(id);
    assertThat(details.exitCode()).contains(new ExitCode(127));
    assertThat(details.error().orElse("")).contains("executable file not found");
  }

  @Test
  default void a_command_that_is_no_program_is_126() {
    ContainerId id = create(spec("/etc/passwd"));
    assertThatThrownBy(() -> engine().containers().start(id))
        .isInstanceOf(EngineException.Failed.class)
        .hasMessageContaining("permission denied");
    assertThat(engine().containers().inspect(id).exitCode()).contains(new ExitCode(126));
  }

  @Test
  default void a_stop_sends_sigterm_and_kills_what_ignores_it() {
    ContainerId polite = startUp(shell("trap 'echo bye; exit 5' TERM; echo up; sleep 1000 & wait"));
    engine().containers().stop(polite, Optional.of(Duration.ofSeconds(10)));
    assertThat(engine().containers().waitForExit(polite)).isEqualTo(new ExitCode(5));
    assertThat(logs(polite, LogRequest.ALL).stdout()).isEqualTo("up\nbye\n");

    ContainerId deaf = startUp(shell("trap '' TERM; echo up; while :; do usleep 100000; done"));
    engine().containers().stop(deaf, Optional.of(Duration.ofSeconds(1)));
    assertThat(engine().containers().waitForExit(deaf)).isEqualTo(new ExitCode(137));
  }

  @Test
  default void a_container_may_name_another_stop_signal() {
    ContainerId id =
        startUp(shell("trap 'exit 9' USR1; echo up; sleep 1000 & wait").stopSignal("SIGUSR1"));
    engine().containers().stop(id, Optional.empty());
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(9));
  }

  @Test
  default void an_exec_has_its_own_output_and_exit_code() {
    ContainerId id = start(sleeper());
    assertThat(exec(id, "sh", "-c", "echo out; echo err >&2; exit 6"))
        .isEqualTo(new Output("out\n", "err\n", new ExitCode(6)));
    assertThat(exec(id, "echo", "two words", "").stdout()).isEqualTo("two words \n");
  }

  @Test
  default void an_exec_has_its_own_user_folder_and_environment() {
    ContainerId id = start(sleeper());
    var sink = new Capture();
    var spec =
        new ExecSpec(
            List.of("sh", "-c", "id -u; pwd; echo $EXTRA $GREETING"),
            List.of("EXTRA=more"),
            Optional.of("worker"),
            Optional.of("/srv"),
            false,
            false);
    ExitCode code = engine().containers().exec(id, spec, Console.of(sink));
    assertThat(code).isEqualTo(new ExitCode(0));
    assertThat(sink.stdout()).isEqualTo("1000\n/srv\nmore hello\n");
  }

  @Test
  default void an_exec_reads_its_input_to_the_end() {
    ContainerId id = start(sleeper());
    var sink = new Capture();
    byte[] input = "b\na\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    var console = new Console(Optional.of(new ByteArrayInputStream(input)), sink, _ -> {});
    ExitCode code = engine().containers().exec(id, ExecSpec.of(List.of("wc", "-c")), console);
    assertThat(code).isEqualTo(new ExitCode(0));
    assertThat(sink.stdout().strip()).isEqualTo("80000");
  }

  @Test
  default void an_exec_has_a_terminal_of_the_size_that_is_set() throws IOException {
    ContainerId id = start(sleeper());
    var sink = new Capture();
    var keys = new PipedOutputStream();
    var console = new Console(Optional.of(new PipedInputStream(keys)), sink, it -> type(it, keys));
    var spec =
        new ExecSpec(
            List.of("sh", "-c", "tty; read _; stty size"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            true);
    assertThat(engine().containers().exec(id, spec, console)).isEqualTo(new ExitCode(0));
    assertThat(sink.stdout()).contains("/dev/pts/").contains("33 111\r\n");
  }

  private static void type(Console.WindowSize size, OutputStream keys) {
    size.set(111, 33);
    try {
      keys.write('\n');
      keys.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  default void attached_before_the_start_nothing_is_missed() throws Exception {
    ContainerId id = create(shell("echo first; echo last"));
    var sink = new Capture();
    var connected = new CountDownLatch(1);
    var console = new Console(Optional.empty(), sink, _ -> connected.countDown());
    Thread attached = Thread.ofVirtual().start(() -> engine().containers().attach(id, console));
    assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
    engine().containers().start(id);
    assertThat(attached.join(Duration.ofSeconds(20))).isTrue();
    assertThat(sink.stdout()).isEqualTo("first\nlast\n");
  }

  @Test
  default void an_exec_of_a_missing_command_is_127() {
    ContainerId id = start(sleeper());
    // some daemons tell only that it could not be run, which is 126
    assertThat(exec(id, "no-such-command").exitCode()).isIn(new ExitCode(126), new ExitCode(127));
  }

  @Test
  default void an_exec_needs_a_running_container() {
    ContainerId id = run(shell("exit 0"));
    assertThatThrownBy(() -> exec(id, "true"))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("is not running");
  }

  @Test
  default void a_process_gets_the_images_environment_and_its_own() {
    var process =
        ProcessSpec.DEFAULT
            .withCommand(List.of("sh", "-c", "echo $GREETING $MINE $HOME"))
            .withEnvironment(List.of("MINE=a b", "GREETING=other"));
    assertThat(outputOf(spec().process(process))).isEqualTo("other a b /root");
  }

  @Test
  default void a_process_runs_as_the_user_in_the_folder_it_was_given() {
    var process =
        new ProcessSpec(
            Optional.empty(),
            Optional.of(List.of("sh", "-c", "id -u; id -g; pwd")),
            List.of(),
            Optional.of("worker:extra"),
            Optional.of("/home/worker"),
            false,
            false,
            false);
    assertThat(outputOf(spec().process(process))).isEqualTo("1000\n2000\n/home/worker");
  }

  @Test
  default void a_missing_working_folder_is_made() {
    var process =
        new ProcessSpec(
            Optional.empty(),
            Optional.of(List.of("pwd")),
            List.of(),
            Optional.empty(),
            Optional.of("/made/for/it"),
            false,
            false,
            false);
    assertThat(outputOf(spec().process(process))).isEqualTo("/made/for/it");
  }

  @Test
  default void an_entrypoint_comes_before_the_command() {
    var process =
        new ProcessSpec(
            Optional.of(List.of("echo", "first")),
            Optional.of(List.of("second")),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            false);
    assertThat(outputOf(spec().process(process))).isEqualTo("first second");
  }

  @Test
  default void its_processes_are_listed_while_it_runs() {
    ContainerId id = startUp(sleeper());
    var list = engine().containers().processes(id);
    assertThat(list.titles()).contains("PID").endsWith("CMD");
    assertThat(list.rows())
        .allMatch(it -> it.size() == list.titles().size())
        .anyMatch(it -> it.getLast().contains("sleep 1000"));
    engine().containers().stop(id, Optional.empty());
    assertThatThrownBy(() -> engine().containers().processes(id))
        .isInstanceOf(EngineException.Conflict.class);
  }

  @Test
  default void what_it_used_is_counted() {
    ContainerId id = startUp(shell("echo up; while :; do :; done"));
    var before = engine().containers().usage(id);
    await(
        "processor time",
        () -> engine().containers().usage(id).cpuPercentSince(before) > 1); // it is busy
    var usage = engine().containers().usage(id);
    assertThat(usage.processes()).isPositive();
    assertThat(usage.processors()).isPositive();
    assertThat(usage.memoryBytes()).isBetween(1L, usage.memoryLimit());
    engine().containers().kill(id, "SIGKILL");
    engine().containers().waitForExit(id);
    assertThat(engine().containers().usage(id)).isEqualTo(ContainerUsage.NONE);
  }

  @Test
  default void an_image_is_made_of_a_container() {
    ContainerId id = run(shell("echo kept >/kept"));
    var name = ImageReference.parse("contract-commit:" + RUN);
    var spec =
        new CommitSpec(
            Optional.of(name),
            Optional.of("me"),
            Optional.of("why"),
            true,
            List.of("CMD [\"cat\", \"/kept\"]", "ENV MADE=yes"));
    engine().containers().commit(id, spec);
    try {
      ContainerId again =
          start(
              ContainerSpec.of(name.familiar())
                  .labels(LABELS)
                  .isolation(IsolationSpec.builder().networkMode(Optional.of("none")).build()));
      engine().containers().waitForExit(again);
      assertThat(logs(again, LogRequest.ALL).stdout()).isEqualTo("kept\n");
      engine().containers().remove(again, true, true);
    } finally {
      engine().images().remove(name.familiar(), true);
    }
  }
}
