package jcompose.engine.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// A daemon in a process of its own, which a test may kill.
final class ForkedDaemon {
  private final Path dataRoot;
  private final DaemonSettings settings;
  private final Path log;
  private final String classPath;
  private Process process;

  private ForkedDaemon(Path dataRoot, Path log) throws IOException {
    this.dataRoot = dataRoot;
    this.settings = DaemonSettings.of(Optional.empty(), Optional.of(dataRoot));
    this.log = log;
    this.classPath =
        archived(System.getProperty("java.class.path"), log.resolveSibling("daemon.jar"));
    this.process = launch();
  }

  /// @param log where it writes what it has to say; not in the data root, which may be full
  static ForkedDaemon start(Path dataRoot, Path log) throws IOException, InterruptedException {
    var daemon = new ForkedDaemon(dataRoot, log);
    daemon.awaitAnswer();
    return daemon;
  }

  private Process launch() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED"));
    Path cache = log.resolveSibling("daemon.aot");
    command.add((Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache);
    command.addAll(
        List.of("-cp", classPath, Daemon.class.getName(), "--data-root", dataRoot.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /// A cache of classes wants them in archives; with one a start takes a third of the time.
  private static String archived(String classPath, Path jar) throws IOException {
    List<String> entries = new ArrayList<>(List.of(jar.toString()));
    var seen = new HashSet<String>();
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(0);
      for (String entry : classPath.split(":")) {
        Path folder = Path.of(entry);
        if (!Files.isDirectory(folder)) {
          entries.add(entry);
          continue;
        }
        try (var files = Files.walk(folder)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            String name = folder.relativize(file).toString();
            if (seen.add(name)) {
              out.putNextEntry(new ZipEntry(name));
              Files.copy(file, out);
            }
          }
        }
      }
    }
    return String.join(":", entries);
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!DaemonProbe.answers(settings.socket())) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("the daemon does not start:\n" + Files.readString(log));
      }
      Thread.sleep(10);
    }
  }

  ApiClient api() {
    return new ApiClient(settings.socket());
  }

  DaemonSettings settings() {
    return settings;
  }

  Path log() {
    return log;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart() throws IOException, InterruptedException {
    process = launch();
    awaitAnswer();
  }

  /// Ends it as a service manager does.
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
