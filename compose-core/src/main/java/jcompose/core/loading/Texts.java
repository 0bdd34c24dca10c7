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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.Diagnostic.Severity;
import jcompose.core.source.NearMiss;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;

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

  /// A file of the command line, or one found.
  Optional<SourceFile> file(Path path) {
    return file(path, Optional.empty());
  }

  /// @param named where another file names it
  Optional<SourceFile> file(Path path, SourceRange named) {
    return file(path, Optional.of(named));
  }

  private Optional<SourceFile> file(Path path, Optional<SourceRange> named) {
    Optional<SourceFile> known = read.get(path);
    if (known != null) {
      return known;
    }
    Optional<SourceFile> file = readFile(path, named);
    read.put(path, file);
    return file;
  }

  private Optional<SourceFile> readFile(Path path, Optional<SourceRange> named) {
    try {
      if (Files.isDirectory(path)) {
        fail(Reason.USAGE, "not-a-file", path + " is a directory", named);
        return Optional.empty();
      }
      if (Files.size(path) > LARGEST) {
        fail(Reason.INVALID, "too-large", path + " is too large to be a compose file", named);
        return Optional.empty();
      }
      return Optional.of(new SourceFile(shown(path), decoded(Files.readAllBytes(path))));
    } catch (NoSuchFileException | NotDirectoryException _) {
      fail(
          Reason.NOT_FOUND,
          "no-such-file",
          "open " + path + ": no such file or directory",
          named,
          NearMiss.hint(String.valueOf(path.getFileName()), neighbours(path)));
      return Optional.empty();
    } catch (IOException e) {
      fail(Reason.USAGE, "unreadable", "cannot read " + path + ": " + e.getMessage(), named);
      return Optional.empty();
    }
  }

  private void fail(
      Reason reason, String code, String message, Optional<SourceRange> named, String... hints) {
    problems.add(reason, new Diagnostic(Severity.ERROR, code, message, named, List.of(hints)));
  }

  private static List<String> neighbours(Path path) {
    Path folder = path.getParent();
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.limit(200).map(it -> String.valueOf(it.getFileName())).toList();
    } catch (IOException _) {
      return List.of(); // then there is none to name
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
