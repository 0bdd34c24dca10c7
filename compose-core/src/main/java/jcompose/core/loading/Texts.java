package jcompose.core.loading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.source.SourceFile;

/// Reads files, each once, and standard input; a file that cannot be read becomes a problem.
final class Texts {
  private static final long LARGEST = 64L * 1024 * 1024;

  private final Path caller;
  private final Supplier<InputStream> stdin;
  private final Problems problems;
  private final Map<Path, Optional<SourceFile>> read = new HashMap<>();
  private Optional<SourceFile> standardInput = Optional.empty();

  /// @param caller names of files below it are shown relative to it
  Texts(Path caller, Supplier<InputStream> stdin, Problems problems) {
    this.caller = caller;
    this.stdin = stdin;
    this.problems = problems;
  }

  Optional<SourceFile> file(Path path) {
    Optional<SourceFile> known = read.get(path);
    if (known != null) {
      return known;
    }
    Optional<SourceFile> file = readFile(path);
    read.put(path, file);
    return file;
  }

  private Optional<SourceFile> readFile(Path path) {
    try {
      if (Files.isDirectory(path)) {
        problems.fail(Reason.USAGE, "not-a-file", path + " is a directory");
        return Optional.empty();
      }
      if (Files.size(path) > LARGEST) {
        problems.fail(Reason.INVALID, "too-large", path + " is too large to be a compose file");
        return Optional.empty();
      }
      return Optional.of(new SourceFile(shown(path), decoded(Files.readAllBytes(path))));
    } catch (NoSuchFileException | NotDirectoryException _) {
      problems.fail(
          Reason.NOT_FOUND, "no-such-file", "open " + path + ": no such file or directory");
      return Optional.empty();
    } catch (IOException e) {
      problems.fail(Reason.USAGE, "unreadable", "cannot read " + path + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  SourceFile standardInput() {
    if (standardInput.isEmpty()) {
      try (InputStream in = stdin.get()) {
        standardInput = Optional.of(new SourceFile("(stdin)", decoded(in.readAllBytes())));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read standard input", e);
      }
    }
    return standardInput.get();
  }

  /// Bytes that are no UTF-8 become replacement characters, which the parser takes as text.
  private static String decoded(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  String shown(Path path) {
    return path.startsWith(caller) ? caller.relativize(path).toString() : path.toString();
  }
}
