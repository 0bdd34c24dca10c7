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
import java.util.concurrent.TimeUnit;
import jcompose.cli.command.Cli;
import jcompose.cli.settings.Interrupts;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;
import jcompose.core.engine.EngineException;
import jcompose.engine.bundled.BundledDaemon;
import jcompose.engine.daemon.DaemonSettings;

/// Runs everyday commands in one JVM that records which classes they load, for an AOT cache: those
/// that read files alone, or all. Where it may (as root, with a static busybox on the machine) the
/// latter run against a daemon of their own in a folder of their own, which is removed again, and
/// the daemon records its classes, too; elsewhere they have no engine, and the caches are the
/// poorer for it.
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

  /// @param arguments `files`, or `commands` and where the daemon's cache goes
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("jcompose-training");
    try {
      var training = new TrainingRun(folder);
      training.files();
      if (arguments[0].equals("commands") && Files.isExecutable(BUSYBOX)) {
        training.commands(arguments[1]);
      }
    } finally {
      remove(folder);
    }
  }

  private void files() throws IOException {
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
    jcompose("config", "--quiet");
    jcompose("explain", "web");
    jcompose("graph");
  }

  private void commands(String cacheOfDaemon) throws Exception {
    Files.copy(BUSYBOX, folder.resolve("busybox"));
    var settings =
        DaemonSettings.of(
            Optional.empty(), Optional.of(Path.of(environment.get("JCOMPOSE_DATA_ROOT"))));
    var daemon =
        BundledDaemon.starter(
            settings,
            List.of(
                "-XX:AOTCacheOutput=" + cacheOfDaemon,
                "-Djcompose.home=" + System.getProperty("jcompose.home")));
    try {
      daemon.ensureRunning();
    } catch (EngineException e) {
      System.out.println("training without an engine: " + e.getMessage());
      return;
    }
    ProcessHandle process = daemon.pid().flatMap(ProcessHandle::of).orElseThrow();
    try {
      for (int i = 0; i < SERVED; i++) {
        everyday();
      }
    } finally {
      process.destroy(); // it writes its cache then, for longer than DaemonStarter would wait
      process.onExit().get(5, TimeUnit.MINUTES);
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
