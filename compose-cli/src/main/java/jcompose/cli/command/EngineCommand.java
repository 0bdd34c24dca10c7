package jcompose.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.engine.bundled.BundledDaemon;
import jcompose.engine.daemon.Daemon;
import jcompose.engine.daemon.DaemonSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose engine start|stop|status|serve`: the daemon of the bundled engine.
@Command(
    name = "engine",
    description = {
      "The daemon of the bundled engine: start, stop, status, serve.",
      "",
      "start   starts it in the background, as any command does that needs it",
      "stop    ends it; containers go on, and the next start finds them",
      "status  says whether it runs, and where; exit code 3 when it does not",
      "serve   runs it in the foreground"
    })
final class EngineCommand implements Callable<Integer> {
  private static final int NOT_RUNNING = 3; // as systemctl status has it

  private final Session session;

  @Parameters(index = "0", paramLabel = "ACTION", description = "start, stop, status or serve")
  private String action = "";

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "Unix socket of its API (JCOMPOSE_SOCKET; /run/jcompose/engine.sock)")
  private Optional<Path> socket = Optional.empty();

  @Option(
      names = "--data-root",
      paramLabel = "FOLDER",
      description =
          "Where it keeps images, volumes and containers (JCOMPOSE_DATA_ROOT; /var/lib/jcompose)")
  private Optional<Path> dataRoot = Optional.empty();

  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description =
          "Registry mirrors, insecure registries and address pools, as in dockerd's daemon.json"
              + " (/etc/jcompose/engine.json)")
  private Optional<Path> configFile = Optional.empty();

  EngineCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var out = session.invocation().output();
    var settings = settings();
    var starter = BundledDaemon.starter(settings);
    return switch (action) {
      case "start" -> {
        boolean started = starter.ensureRunning();
        out.println(
            (started ? "The engine runs now" : "The engine runs already")
                + " on unix://"
                + settings.socket());
        yield 0;
      }
      case "stop" -> {
        out.println(
            starter.stop() ? "The engine has ended; containers go on" : "The engine does not run");
        yield 0;
      }
      case "status" -> {
        boolean running = starter.running();
        out.println(
            running
                ? "running"
                    + starter.pid().map(it -> " (process " + it + ")").orElse("")
                    + " on unix://"
                    + settings.socket()
                : "not running (socket " + settings.socket() + ")");
        yield running ? 0 : NOT_RUNNING;
      }
      case "serve" -> {
        serve(settings);
        yield 0;
      }
      default ->
          throw new UsageError(
              "unknown action \"" + action + "\": use engine start, stop, status or serve");
    };
  }

  private void serve(DaemonSettings settings) {
    try (var daemon = Daemon.open(settings);
        var _ = session.invocation().interrupts().handle(() -> endOf(daemon))) {
      daemon.serve();
    }
  }

  /// Not on the thread that hears signals: the next one must be heard while the daemon closes.
  private static void endOf(Daemon daemon) {
    Thread.ofPlatform().name("shutdown").start(daemon::close);
  }

  /// Flags go before the environment.
  private DaemonSettings settings() {
    var environment = session.invocation().environment();
    return DaemonSettings.of(
        socket.or(() -> BundledDaemon.socket(environment)),
        dataRoot.or(() -> BundledDaemon.dataRoot(environment)),
        configFile);
  }
}
