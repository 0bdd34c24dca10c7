package jcompose.engine.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;

/// What is mounted below a bind mount's source after the container started reaches the container
/// only where the host's own mount there is shared; who asks for it elsewhere would wait in vain.
final class SourcePropagation {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private SourcePropagation() {}

  /// @throws EngineException.Failed when the source cannot propagate so, in Docker's words
  static void check(Path source, String propagation) {
    if (!propagation.endsWith("shared") && !propagation.endsWith("slave")) {
      return;
    }
    try {
      problem(Files.readAllLines(MOUNTS), source.toRealPath(), propagation)
          .ifPresent(
              why -> {
                throw new EngineException.Failed("path " + source + " is mounted on " + why);
              });
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot tell how " + source + " is mounted: " + e.getMessage(), e);
    }
  }

  /// @param mounts lines of mountinfo, see proc(5)
  static Optional<String> problem(List<String> mounts, Path source, String propagation) {
    String place = "/";
    String kind = "";
    for (String line : mounts) { // a later mount on the same place hides the one before
      String[] fields = line.split(" ");
      String point = unescaped(fields[4]);
      if (source.startsWith(point) && point.length() >= place.length()) {
        place = point;
        kind = line.substring(0, line.indexOf(" - "));
      }
    }
    boolean shared = kind.contains(" shared:");
    if (propagation.endsWith("shared")) {
      return shared ? Optional.empty() : Optional.of(place + " but it is not a shared mount");
    }
    return shared || kind.contains(" master:")
        ? Optional.empty()
        : Optional.of(place + " but it is not a shared or slave mount");
  }

  /// Blanks, tabs, line ends and backslashes are octal there.
  private static String unescaped(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
