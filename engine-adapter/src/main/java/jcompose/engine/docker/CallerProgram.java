package jcompose.engine.docker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program as the caller would start it: found on the caller's PATH, with the caller's variables.
/// This process may serve several callers, so its own are not meant.
final class CallerProgram {
  private CallerProgram() {}

  /// @param command a name without a folder, then arguments
  static ProcessBuilder of(Map<String, String> environment, List<String> command) {
    var found = new ArrayList<>(command);
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path program = Path.of(folder, command.getFirst());
      if (program.isAbsolute() && Files.isExecutable(program)) {
        found.set(0, program.toString());
        break;
      }
    }
    var builder = new ProcessBuilder(found);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }
}
