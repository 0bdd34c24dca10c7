package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
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
    assertThat(leftBeside(List.of())).isEmpty();
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

  /// What belongs to none of these containers: folders, control groups, links. What the kernel or a
  /// monitor is still about to remove gets a moment for it.
  ///
  /// @param containers full ids of all there are
  public List<String> leftBeside(List<String> containers) throws IOException {
    long end = System.nanoTime() + 5_000_000_000L;
    List<String> left = leftNow(containers);
    while (!left.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(20_000_000);
      left = leftNow(containers);
    }
    return left;
  }

  private List<String> leftNow(List<String> containers) throws IOException {
    Path folder = Objects.requireNonNull(root);
    EngineSettings settings = EngineSettings.of(folder);
    List<Path> found = new ArrayList<>();
    found.addAll(entries(folder.resolve("containers")));
    found.addAll(entries(folder.resolve("snapshots/active")));
    found.addAll(entries(folder.resolve("snapshots/temporary")));
    found.addAll(entries(folder.resolve("content/ingest")));
    found.addAll(entries(settings.runRoot().resolve("c")));
    for (Path hierarchy : entries(Path.of("/sys/fs/cgroup"))) {
      found.addAll(entries(hierarchy.resolve(settings.instance())));
    }
    List<String> left = new ArrayList<>();
    for (Path path : found) {
      String name = path.getFileName().toString();
      boolean known =
          (name.equals("monitors") && !containers.isEmpty())
              || containers.stream()
                  .anyMatch(it -> it.equals(name) || it.substring(0, 32).equals(name));
      // in a group of the engine its own files, too; beside the run folders the monitors' program
      if (!known && Files.isDirectory(path)) {
        left.add(path.toString());
      }
    }
    try (Stream<Path> files = Files.walk(folder, 3)) {
      files.filter(it -> it.toString().endsWith(".new")).forEach(it -> left.add(it.toString()));
    } catch (UncheckedIOException e) {
      // removed meanwhile: the next look will tell
      left.add(e.getMessage());
    }
    return left;
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
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
