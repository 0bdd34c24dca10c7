package jcompose.engine.bundled;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.engine.daemon.Daemon;
import jcompose.engine.daemon.DaemonSettings;
import jcompose.engine.daemon.DaemonStarter;

/// Which daemon this user's commands mean, and how its process is started.
public final class BundledDaemon {
  /// Environment variable: the daemon's socket.
  public static final String SOCKET = "JCOMPOSE_SOCKET";

  /// Environment variable: where the daemon keeps images, volumes and containers.
  public static final String DATA_ROOT = "JCOMPOSE_DATA_ROOT";

  static final String UNIX = "unix://";

  private BundledDaemon() {}

  /// The daemon on a socket that was asked for, else the one that the environment names, else the
  /// usual one.
  ///
  /// @param host `unix://PATH`
  /// @throws EngineException.Invalid for an address of any other kind
  public static DaemonSettings settings(Optional<String> host, Map<String, String> environment) {
    return DaemonSettings.of(
        host.map(BundledDaemon::socketOf).or(() -> socket(environment)), dataRoot(environment));
  }

  private static Path socketOf(String host) {
    if (!host.startsWith(UNIX)) {
      throw new EngineException.Invalid(
          "the bundled engine is reached over a Unix socket, not " + host);
    }
    return Path.of(host.substring(UNIX.length()));
  }

  public static Optional<Path> socket(Map<String, String> environment) {
    return path(environment, SOCKET);
  }

  public static Optional<Path> dataRoot(Map<String, String> environment) {
    return path(environment, DATA_ROOT);
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(it -> !it.isEmpty()).map(Path::of);
  }

  /// Starts and stops a daemon with these settings, with the Java and the classes of this process,
  /// from the archive of classes of the distribution when it runs from one.
  public static DaemonStarter starter(DaemonSettings settings) {
    return starter(settings, archiveOfClasses());
  }

  /// @param options further ones of its JVM
  public static DaemonStarter starter(DaemonSettings settings, List<String> options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(DaemonStarter.JAVA_OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Daemon.class.getName()));
    command.addAll(DaemonStarter.arguments(settings));
    return new DaemonStarter(settings, command);
  }

  /// The AOT cache of the distribution, when this process runs from one.
  private static List<String> archiveOfClasses() {
    String home = System.getProperty("jcompose.home", "");
    Path cache = Path.of(home, "lib", "engine.aot");
    return home.isEmpty() || !Files.exists(cache)
        ? List.of()
        : List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0", // maps it where it was made for: no pointer to patch
            "-XX:AOTCache=" + cache,
            "-Xlog:disable",
            "-Djcompose.home=" + home);
  }
}
