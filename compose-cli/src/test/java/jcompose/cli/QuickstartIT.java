package jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program runs the quickstart sample on a bundled engine of its own.
@Tag("root")
final class QuickstartIT {
  private static final Path PROGRAM = Path.of("target/jcompose/bin/jcompose").toAbsolutePath();
  private static final Path SAMPLE =
      Path.of("../samples/quickstart/compose.yaml").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private int port;

  @BeforeEach
  void needs() throws IOException {
    if (!System.getenv().getOrDefault("JCOMPOSE_TESTS_REQUIRE", "").contains("root")) {
      assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root");
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/busybox")), "needs a static busybox");
    }
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
  }

  @AfterEach
  void ends() throws Exception {
    jcompose("-f", SAMPLE.toString(), "down", "-v");
    jcompose("engine", "stop");
  }

  @Test
  void comes_up_survives_its_daemon_and_goes() throws Exception {
    var up = jcompose("-f", SAMPLE.toString(), "up", "-d");
    assertThat(up.status).as(up.error).isZero();
    assertThat(page()).contains("Hello from jcompose");
    assertThat(jcompose("-f", SAMPLE.toString(), "ps", "-a").output)
        .contains("quickstart-setup-1", "Exited (0)", "quickstart-web-1", "(healthy)");

    long daemon = daemon();
    var before = running();
    ProcessHandle killed = ProcessHandle.of(daemon).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().get(10, TimeUnit.SECONDS);
    assertThat(before).hasSize(2).allMatch(ProcessHandle::isAlive);

    var ps = jcompose("-f", SAMPLE.toString(), "ps");
    assertThat(ps.output).as(ps.error).contains("quickstart-visitor-1", "quickstart-web-1");
    assertThat(daemon()).isNotEqualTo(daemon);
    assertThat(page()).contains("Hello from jcompose");
    assertThat(jcompose("-f", SAMPLE.toString(), "logs", "setup").output)
        .contains("setup-1")
        .contains("the site is ready");

    var exec = jcompose("-f", SAMPLE.toString(), "exec", "web", "sh", "-c", "echo said; exit 3");
    assertThat(exec.output).isEqualTo("said\n");
    assertThat(exec.status).isEqualTo(3);

    var run =
        jcompose("-f", SAMPLE.toString(), "run", "--rm", "setup", "sh", "-c", "echo once; exit 4");
    assertThat(run.output).isEqualTo("once\n");
    assertThat(run.status).isEqualTo(4);

    var down = jcompose("-f", SAMPLE.toString(), "down", "-v");
    assertThat(down.status).as(down.error).isZero();
    assertThat(before).noneMatch(ProcessHandle::isAlive);
    assertThat(jcompose("-f", SAMPLE.toString(), "ps", "-a", "-q").output).isEmpty();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
  }

  @Test
  void two_terminals_at_once_bring_it_up_once() throws Exception {
    var other = new CompletableFuture<Ended>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                other.complete(jcompose("-f", SAMPLE.toString(), "up", "-d"));
              } catch (IOException | InterruptedException e) {
                other.completeExceptionally(e);
              }
            });
    var mine = jcompose("-f", SAMPLE.toString(), "up", "-d");
    assertThat(mine.status).as(mine.error).isZero();
    assertThat(other.get(2, TimeUnit.MINUTES).status).as(other.get().error).isZero();
    assertThat(running()).hasSize(2);
  }

  @Test
  void a_port_in_use_is_told_before_anything_starts() throws Exception {
    try (var _ = new ServerSocket(port)) {
      var up = jcompose("-f", SAMPLE.toString(), "up", "-d");
      assertThat(up.status).isEqualTo(1);
      assertThat(up.error).contains("port is already allocated");
      assertThat(running()).isEmpty();
    }
  }

  /// The first processes of this engine's containers: children of its monitors.
  private List<ProcessHandle> running() throws IOException, InterruptedException {
    var found = new ArrayList<ProcessHandle>();
    for (String id : jcompose("-f", SAMPLE.toString(), "ps", "-q").output.lines().toList()) {
      ProcessHandle.allProcesses()
          .filter(it -> inContainer(it, id))
          .filter(it -> it.parent().filter(parent -> inContainer(parent, id)).isEmpty())
          .forEach(found::add);
    }
    return found;
  }

  private static boolean inContainer(ProcessHandle process, String id) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cgroup")).contains(id);
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  private long daemon() throws IOException, InterruptedException {
    String status = jcompose("engine", "status").output;
    return Long.parseLong(status.replaceAll("(?s).*process (\\d+).*", "$1"));
  }

  private String page() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private record Ended(int status, String output, String error) {}

  private Ended jcompose(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "out", "");
    Path error = Files.createTempFile(folder, "err", "");
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(error.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().remove("DOCKER_HOST");
    builder.environment().put("JCOMPOSE_DATA_ROOT", folder.resolve("data").toString());
    builder.environment().put("WEB_PORT", Integer.toString(port));
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("no end after two minutes: " + String.join(" ", command));
    }
    return new Ended(
        process.exitValue(),
        Files.readString(output, StandardCharsets.UTF_8),
        Files.readString(error, StandardCharsets.UTF_8));
  }
}
