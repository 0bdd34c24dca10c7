package jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Scenarios of the docker CLI that print on the daemon's socket what they print on dockerd's: a
/// file each, the script before the line `---`, what dockerd made of it after.
@Tag("root")
final class DockerScenariosIT {
  private static final Path SCENARIOS =
      Path.of("src/test/resources/jcompose/engine/daemon/scenarios");
  private static CliScene scene;
  private static DockerShell shell;

  @TempDir static Path folder;

  @BeforeAll
  static void open() throws Exception {
    scene = CliScene.open(folder);
    shell = scene.shell();
    assertThat(
            shell.run(
                """
                mkdir -p image/bin image/etc image/tmp image/root; cp /bin/busybox image/bin/; chmod 1777 image/tmp
                for program in $(/bin/busybox --list); do [ $program = busybox ] || ln -s busybox image/bin/$program; done
                printf 'root:x:0:0:root:/root:/bin/sh\\nbin:x:1:1:bin:/bin:/bin/false\\nu1:x:1000:1000::/home/u1:/bin/sh\\n' >image/etc/passwd
                printf 'root:x:0:\\nbin:x:1:\\nwheel:x:10:u1\\nu1:x:1000:\\n' >image/etc/group
                tar -C image -c . | docker import -c 'CMD ["sh"]' - busybox >id
                """))
        .isEqualTo("[0]");
  }

  @AfterAll
  static void close() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }

  static List<String> scenarios() throws IOException {
    try (var files = Files.list(SCENARIOS)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void the_cli_prints_what_it_printed_with_dockerd(String name) throws Exception {
    String[] parts = Files.readString(SCENARIOS.resolve(name)).split("(?m)^---\n", 2);
    Path own = Files.createDirectory(folder.resolve(name));
    try {
      assertThat(withoutHints(shell.in(own).run(parts[0]) + "\n"))
          .isEqualTo(withoutHints(parts[1]));
    } finally {
      shell.run("docker rm -fv $(docker ps -aq); docker volume prune -af");
    }
  }

  /// Without what the CLI itself adds to an error, which differs between its releases: a full stop
  /// and where there is help.
  private static String withoutHints(String printed) {
    return printed
        .replaceAll("(?m)^(See|Run) 'docker .*--help'.*\n", "")
        .replaceAll("(?m)^Usage:  docker .*\n", "")
        .replaceAll("(?m)^(docker: .*)\\.$", "$1")
        .replaceAll("(?m)^\n", "");
  }
}
