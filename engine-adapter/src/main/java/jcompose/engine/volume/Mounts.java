package jcompose.engine.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jcompose.core.engine.EngineException;

/// What a volume's options mount over its folder, by mount(8), which knows the helpers of network
/// file systems.
final class Mounts {
  private Mounts() {}

  /// Whether the options ask for a mount at all; others are limits that need none.
  static boolean wanted(Map<String, String> options) {
    return options.containsKey("device") || options.containsKey("type");
  }

  static void mount(String volume, Map<String, String> options, Path at) {
    String device = options.getOrDefault("device", "");
    String type = options.getOrDefault("type", "");
    var command = new ArrayList<>(List.of("mount"));
    if (!type.isEmpty() && !type.equals("none")) {
      command.addAll(List.of("-t", type));
    }
    String flags = options.getOrDefault("o", "");
    if (!flags.isEmpty()) {
      command.addAll(List.of("-o", flags));
    }
    command.addAll(List.of("--", device.isEmpty() ? "none" : device, at.toString()));
    String complaint = run(command);
    if (!complaint.isEmpty()) {
      throw new EngineException.Failed(
          "failed to mount local volume "
              + volume
              + ": mount "
              + device
              + ":"
              + at
              + ", data: "
              + flags
              + ": "
              + complaint);
    }
  }

  static void unmount(Path at) {
    String complaint = run(List.of("umount", "--", at.toString()));
    if (!complaint.isEmpty()) {
      throw new EngineException.Conflict("cannot unmount " + at + ": " + complaint);
    }
  }

  static boolean mounted(Path at) throws IOException {
    return points().contains(at.toString());
  }

  static boolean anyBelow(Path root) throws IOException {
    return points().stream().anyMatch(it -> Path.of(it).startsWith(root));
  }

  /// Mount points as proc_pid_mountinfo(5) lists them.
  private static List<String> points() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .map(it -> it.split(" ")[4])
        .map(
            it ->
                it.replace("\\040", " ")
                    .replace("\\011", "\t")
                    .replace("\\012", "\n")
                    .replace("\\134", "\\"))
        .toList();
  }

  /// @return empty, or what the program complained of
  static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int status = process.waitFor();
      return status == 0 ? "" : output.isEmpty() ? command.getFirst() + " failed" : output;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
