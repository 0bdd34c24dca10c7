package jcompose.engine.daemon;

import java.nio.file.Path;
import java.util.Optional;
import jcompose.engine.local.EngineSettings;

/// How a daemon is reached and where it keeps its things.
///
/// @param socket Unix socket of the API; at most 107 bytes
/// @param engine what a [SettingsFile] does not say
/// @param file read when the daemon starts
public record DaemonSettings(Path socket, EngineSettings engine, Path file) {
  /// Need not exist.
  public static final Path DEFAULT_FILE = Path.of("/etc/jcompose/engine.json");

  public static final DaemonSettings DEFAULT = of(Optional.empty(), Optional.empty());

  /// The usual daemon, or one of its own for another data root.
  public static DaemonSettings of(Optional<Path> socket, Optional<Path> dataRoot) {
    return of(socket, dataRoot, Optional.empty());
  }

  /// As [#of], with a settings file of its own.
  public static DaemonSettings of(
      Optional<Path> socket, Optional<Path> dataRoot, Optional<Path> file) {
    EngineSettings engine = dataRoot.map(EngineSettings::of).orElse(EngineSettings.DEFAULT);
    return new DaemonSettings(
        socket
            .map(it -> it.toAbsolutePath().normalize())
            .orElse(engine.runRoot().resolve("engine.sock")),
        engine,
        file.map(it -> it.toAbsolutePath().normalize()).orElse(DEFAULT_FILE));
  }

  /// Holds the process id of a running daemon.
  Path pidFile() {
    return engine.runRoot().resolve("engine.pid");
  }

  /// Held by whoever starts a daemon.
  Path startLock() {
    return engine.runRoot().resolve("start.lock");
  }

  /// What a daemon that was started on demand says.
  public Path logFile() {
    return engine.dataRoot().resolve("engine.log");
  }
}
