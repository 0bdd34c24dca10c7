package jcompose.engine.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// Runs shell scripts that use the docker CLI on a daemon's socket. The CLI is looked for in
/// JCOMPOSE_TESTS_DOCKER and on the PATH.
///
/// @param folder where scripts run, and where the CLI has its configuration
record DockerShell(Path docker, Path socket, Path folder) {
  /// @throws TestAbortedException where there is no docker CLI
  static Path cli() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Optional.ofNullable(System.getenv("JCOMPOSE_TESTS_DOCKER")).stream(),
            Arrays.stream(path.split(":")).map(it -> it + "/docker"))
        .map(Path::of)
        .filter(it -> Files.isRegularFile(it) && Files.isExecutable(it))
        .findFirst()
        .orElseThrow(() -> new TestAbortedException("needs the docker CLI"));
  }

  DockerShell in(Path other) {
    return new DockerShell(docker, socket, other);
  }

  /// What a script prints, and its exit code in brackets.
  String run(String script) throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", "");
    try {
      var builder =
          new ProcessBuilder("sh", "-c", "docker() { \"$DOCKER_CLI\" \"$@\"; }\n" + script)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("DOCKER_CLI", docker.toString());
      builder.environment().put("DOCKER_HOST", "unix://" + socket);
      builder.environment().put("DOCKER_CONFIG", folder.resolve("config").toString());
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Files.readString(output) + "[too slow]";
      }
      return Files.readString(output, StandardCharsets.UTF_8) + "[" + process.exitValue() + "]";
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
