package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ExecSpec;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.NetworkSpec;
import jcompose.core.resource.VolumeSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What all parts of [EngineContract] share: the engine under test, an image, short words for the
/// usual calls, and a clean-up that finds by label what a test made. Only one test may run at a
/// time on one engine.
public interface ContractScene {
  String RUN = UUID.randomUUID().toString().substring(0, 8);
  Map<String, String> LABELS = Map.of("jcompose.contract", RUN);
  List<String> LABEL_FILTER = List.of("jcompose.contract=" + RUN);
  AtomicInteger NAMES = new AtomicInteger();

  /// The engine under test; the same one for every test of a class.
  Engine engine();

  @BeforeEach
  default void the_image_is_there() {
    ContractImage.ensure(engine());
  }

  @AfterEach
  default void nothing_is_left() {
    for (ContainerSummary each : engine().containers().list(LABEL_FILTER)) {
      engine().containers().remove(each.id(), true, true);
    }
    engine().networks().list(LABEL_FILTER).forEach(it -> engine().networks().remove(it.id()));
    engine().volumes().list(LABEL_FILTER).forEach(it -> engine().volumes().remove(it.name(), true));
    assertThat(engine().containers().list(LABEL_FILTER)).isEmpty();
    assertThat(engine().networks().list(LABEL_FILTER)).isEmpty();
    assertThat(engine().volumes().list(LABEL_FILTER)).isEmpty();
  }

  /// A name no one else uses.
  default String freshName() {
    return "contract-" + RUN + "-" + NAMES.incrementAndGet();
  }

  /// A labelled spec on the contract's image without network, so that only tests about networks
  /// depend on them.
  default ContainerSpec.Builder spec(String... command) {
    return ContainerSpec.of(ContractImage.NAME)
        .labels(LABELS)
        .isolation(IsolationSpec.builder().networkMode(Optional.of("none")).build())
        .command(command);
  }

  /// A spec that runs a line of shell.
  default ContainerSpec.Builder shell(String line) {
    return spec("sh", "-c", line);
  }

  /// A container that runs until it is stopped, and stops at once on SIGTERM with 143.
  default ContainerSpec.Builder sleeper() {
    return shell("trap 'exit 143' TERM; echo up; sleep 1000 & wait");
  }

  default ContainerId create(ContainerSpec.Builder spec) {
    return engine().containers().create(new ContainerName(freshName()), spec.build());
  }

  default ContainerId start(ContainerSpec.Builder spec) {
    ContainerId id = create(spec);
    engine().containers().start(id);
    return id;
  }

  /// Starts a container and waits until its first line of output is `up`, when its traps are set.
  default ContainerId startUp(ContainerSpec.Builder spec) {
    ContainerId id = start(spec);
    await("it is up", () -> logs(id, LogRequest.ALL).stdout().startsWith("up\n"));
    return id;
  }

  /// Runs a container to its end.
  default ContainerId run(ContainerSpec.Builder spec) {
    ContainerId id = start(spec);
    engine().containers().waitForExit(id);
    return id;
  }

  /// Runs a container to its end, expects success and returns its output without the last end of
  /// line.
  default String outputOf(ContainerSpec.Builder spec) {
    ContainerId id = run(spec);
    Output output = logs(id, LogRequest.ALL);
    assertThat(engine().containers().waitForExit(id))
        .as("exit code; output: %s", output)
        .isEqualTo(new ExitCode(0));
    return output.stdout().stripTrailing();
  }

  default Output logs(ContainerId id, LogRequest request) {
    var sink = new Capture();
    engine().containers().logs(id, request, sink);
    return sink.output(new ExitCode(0));
  }

  default Output exec(ContainerId id, String... command) {
    var sink = new Capture();
    ExitCode code = engine().containers().exec(id, ExecSpec.of(List.of(command)), Console.of(sink));
    return sink.output(code);
  }

  default ContainerSummary summary(ContainerId id) {
    return engine().containers().list(LABEL_FILTER).stream()
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not in the list: " + id));
  }

  default String network() {
    String name = freshName();
    engine().networks().create(NetworkSpec.bridge(name, LABELS));
    return name;
  }

  default String volume() {
    String name = freshName();
    engine().volumes().create(new VolumeSpec(name, "local", Map.of(), LABELS));
    return name;
  }

  default void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(20))
        .until(condition::getAsBoolean);
  }

  /// What a process wrote, and how it ended.
  record Output(String stdout, String stderr, ExitCode exitCode) {}

  /// Keeps what is written to it.
  final class Capture implements LogSink {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public synchronized void write(Stream stream, byte[] bytes, int offset, int length) {
      (stream == Stream.STDOUT ? stdout : stderr).write(bytes, offset, length);
    }

    public synchronized Output output(ExitCode code) {
      return new Output(
          stdout.toString(StandardCharsets.UTF_8), stderr.toString(StandardCharsets.UTF_8), code);
    }

    public String stdout() {
      return output(new ExitCode(0)).stdout();
    }
  }
}
