package jcompose.cli.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.command.Cli;
import jcompose.cli.settings.Interrupts;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;
import jcompose.core.engine.EngineException;
import jcompose.engine.daemon.Daemon;
import jcompose.engine.daemon.DaemonSettings;

/// Runs everyday commands in one JVM that records which classes they load, for the AOT cache. Where
/// it may (as root, with a static busybox on the machine) they run against a daemon of its own in a
/// folder of its own, which it removes again; elsewhere only commands that need no engine run, and
/// the cache is the poorer for it.
public final class TrainingRun {
  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");
  private static final int SERVED = 3;

  private final Path folder;
  private final Map<String, String> environment;

  private TrainingRun(Path folder) {
    this.folder = folder;
    this.environment =
        Map.of(
            "JCOMPOSE_DATA_ROOT", folder.resolve("data").toString(),
            "HOME", folder.toString(),
            "PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("jcompose-training");
    try {
      new TrainingRun(folder).run();
    } finally {
      remove(folder);
    }
  }

  private void run() throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: training
        services:
          once:
            image: training
            build:
              context: .
              dockerfile_inline: |
                FROM scratch
                COPY busybox /bin/busybox
                RUN ["/bin/busybox", "true"]
            command: [/bin/busybox, echo, done]
            volumes: ["data:/data"]
          web:
            image: training
            command: [/bin/busybox, sleep, "1000"]
            stop_signal: SIGKILL
            environment: {GREETING: "${GREETING:-hello}"}
            ports: ["80"]
            healthcheck:
              test: [CMD, /bin/busybox, "true"]
              interval: 1s
              start_period: 5s
              start_interval: 100ms
            depends_on:
              once: {condition: service_completed_successfully}
          last:
            image: training
            command: [/bin/busybox, sleep, "1000"]
            stop_signal: SIGKILL
            depends_on:
              web: {condition: service_healthy}
        volumes: {data: {}}
        """);
    jcompose("version");
    jcompose("--help");
    jcompose("up", "--help");
    jcompose("config");
    jcompose("config", "--format", "json");
    jcompose("config", "--services");
    if (!Files.isExecutable(BUSYBOX)) {
      return;
    }
    Files.copy(BUSYBOX, folder.resolve("busybox"));
    var settings =
        DaemonSettings.of(
            Optional.empty(), Optional.of(Path.of(environment.get("JCOMPOSE_DATA_ROOT"))));
    try (var _ = Daemon.open(settings)) {
      for (int i = 0; i < SERVED; i++) {
        everyday();
      }
    } catch (EngineException e) {
      System.out.println("training without an engine: " + e.getMessage());
    }
  }

  private void everyday() {
    jcompose("up", "-d");
    jcompose("up", "-d");
    jcompose("ps", "-a");
    jcompose("ps", "--format", "json");
    jcompose("ls");
    jcompose("logs");
    jcompose("exec", "web", "/bin/busybox", "true");
    jcompose("stop", "web");
    jcompose("start", "web");
    jcompose("engine", "status");
    jcompose("down", "-v");
  }

  private void jcompose(String... arguments) {
    var output = new ByteArrayOutputStream();
    try (var stream = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      var invocation =
          new Invocation(
              environment,
              folder,
              InputStream.nullInputStream(),
              stream,
              stream,
              Terminal.NONE,
              Interrupts.none());
      int status = Cli.run(List.of(arguments), invocation);
      System.out.println(String.join(" ", arguments) + ": " + status);
    }
    System.out.print(output.toString(StandardCharsets.UTF_8));
  }

  private static void remove(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
