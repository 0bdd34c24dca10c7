package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A data root for one test class, and the proof that an engine on it leaves nothing in the kernel.
public final class ScratchRoot {
  private @Nullable Path root;

  public Path make() throws IOException {
    root = Files.createTempDirectory("jcompose-it");
    return root;
  }

  /// Once no container is left and the engine is closed.
  public void removeAndCheckThatNothingIsLeft() throws IOException {
    Path folder = root;
    if (folder == null) {
      return;
    }
    EngineSettings settings = EngineSettings.of(folder);
    assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
        .as("mounts")
        .noneMatch(it -> it.contains(folder.toString()));
    assertThat(processesOf(settings.runRoot())).as("monitors").isEmpty();
    assertThat(printed("ip", "link")).as("links").doesNotContain(settings.instance() + " ");
    assertThat(printed("nft", "list", "ruleset"))
        .as("packet filter")
        .doesNotContain(settings.instance());
    try (Stream<Path> groups = Files.walk(Path.of("/sys/fs/cgroup"), 2)) {
      assertThat(groups.filter(it -> it.endsWith(settings.instance()))).as("cgroups").isEmpty();
    }
    delete(folder);
    delete(settings.runRoot());
  }

  private static String printed(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static List<String> processesOf(Path runRoot) {
    return ProcessHandle.allProcesses()
        .map(it -> it.info().commandLine().orElse(""))
        .filter(it -> it.contains(runRoot.toString()) && it.contains("jcompose-monitor"))
        .toList();
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
