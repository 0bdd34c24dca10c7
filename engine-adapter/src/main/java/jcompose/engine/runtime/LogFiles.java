package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/// A log file and those it was turned over to: `file` is generation 0, `file.1` came before it, and
/// so on.
record LogFiles(Path file) {
  /// A file held open; it keeps its content when it is turned over.
  record Open(FileChannel channel, Object key) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private Path path(int generation) {
    return generation == 0 ? file : Path.of(file + "." + generation);
  }

  int oldest() {
    int generation = 0;
    while (Files.exists(path(generation + 1))) {
      generation++;
    }
    return generation;
  }

  Optional<Open> open(int generation) throws IOException {
    try {
      FileChannel channel = FileChannel.open(path(generation));
      return Optional.of(new Open(channel, key(path(generation)).orElse(channel)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> key(Path path) throws IOException {
    try {
      return Optional.of(
          Objects.requireNonNull(Files.readAttributes(path, BasicFileAttributes.class).fileKey()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// The file written after this one; absent while this is the current one.
  Optional<Open> after(Open current) throws IOException {
    int last = oldest();
    for (int generation = 0; generation <= last; generation++) {
      if (key(path(generation)).filter(current.key()::equals).isPresent()) {
        return generation == 0 ? Optional.empty() : open(generation - 1);
      }
    }
    return open(last); // turned over so often that it is gone
  }
}
