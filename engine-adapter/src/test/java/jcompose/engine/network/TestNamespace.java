package jcompose.engine.network;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A network namespace that stands for a container, with programs run in it.
final class TestNamespace implements AutoCloseable {
  private final String name;
  private final List<Process> processes = new ArrayList<>();

  TestNamespace(String name) {
    this.name = name;
    run("ip", "netns", "add", name);
  }

  Path path() {
    return Path.of("/run/netns", name);
  }

  /// What a program prints in the namespace.
  Result exec(String... command) {
    return run(inside(command));
  }

  /// Leaves a program running until this is closed.
  void start(String... command) {
    try {
      processes.add(
          new ProcessBuilder(inside(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String[] inside(String... command) {
    var words = new ArrayList<>(List.of("ip", "netns", "exec", name));
    words.addAll(List.of(command));
    return words.toArray(String[]::new);
  }

  static Result run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, "no end: " + output);
      }
      return new Result(process.exitValue(), output);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  record Result(int status, String output) {}

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    run("ip", "netns", "delete", name);
  }
}
