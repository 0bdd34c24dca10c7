package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import jcompose.core.resource.ExitCode;

/// Reads what a monitor wrote when its container had ended: `CODE NANOSECONDS`.
final class ExitFile {
  private ExitFile() {}

  static Optional<ExitStatus> read(Path runFolder, boolean oomKilled) throws IOException {
    try {
      String[] words = Files.readString(runFolder.resolve("exit")).strip().split(" ");
      return Optional.of(status(Integer.parseInt(words[0]), oomKilled, Long.parseLong(words[1])));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static ExitStatus status(int code, boolean oomKilled, long nanoseconds) {
    return new ExitStatus(new ExitCode(code), oomKilled, instant(nanoseconds));
  }

  static Instant instant(long nanoseconds) {
    return Instant.ofEpochSecond(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
  }
}
