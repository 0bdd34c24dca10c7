package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A log file and those it was turned over to: `file` is generation 0, `file.1` came before it, and
/// so on.
record LogFiles(Path file) {
  private static final int TRIES = 100;
  private static final long PAUSE = 200_000;

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

  /// One name may be missing for a moment: files are turned over one after the other, the oldest
  /// first.
  private int oldest() {
    int generation = 0;
    while (Files.exists(path(generation + 1)) || Files.exists(path(generation + 2))) {
      generation++;
    }
    return generation;
  }

  private Optional<Open> open(int generation) throws IOException {
    while (true) {
      Optional<Object> before = key(path(generation));
      if (before.isEmpty()) {
        return Optional.empty();
      }
      FileChannel channel;
      try {
        channel = FileChannel.open(path(generation));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      if (key(path(generation)).equals(before)) {
        return Optional.of(new Open(channel, before.get()));
      }
      channel.close(); // it was turned over meanwhile, and another may be open now
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

  /// The first that was written of those that are there.
  Optional<Open> first() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Open> found = open(oldest());
      if (found.isPresent() && generationOf(found.get()) == oldest()) {
        return found;
      }
      if (!pause(found)) {
        break;
      }
    }
    return Optional.empty();
  }

  /// The one that is written to.
  Optional<Open> current() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Open> found = open(0);
      if (found.isPresent() || !pause(found)) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The file written before this one; absent for the first.
  Optional<Open> before(Open current) throws IOException {
    return neighbour(current, 1);
  }

  /// The file written after this one; absent while this is the current one.
  Optional<Open> after(Open current) throws IOException {
    return neighbour(current, -1);
  }

  private Optional<Open> neighbour(Open current, int step) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      int generation = generationOf(current);
      boolean gone = generation < 0;
      if ((generation + step < 0 && !gone) || (step > 0 && (gone || generation >= oldest()))) {
        return Optional.empty();
      }
      // a file that is gone was turned over too often for this reader
      Optional<Open> next = open(gone ? oldest() : generation + step);
      if (next.isPresent() && generationOf(current) == generation) {
        return next;
      }
      if (!pause(next)) {
        break;
      }
    }
    return Optional.empty();
  }

  /// For a turning over to end.
  ///
  /// @return whether there are files at all
  private boolean pause(Optional<Open> unwanted) throws IOException {
    if (unwanted.isPresent()) {
      unwanted.get().close();
    }
    LockSupport.parkNanos(PAUSE);
    return Files.exists(path(0)) || oldest() > 0;
  }

  /// -1 when it is no more.
  private int generationOf(Open file) throws IOException {
    int last = oldest();
    for (int generation = 0; generation <= last; generation++) {
      if (key(path(generation)).filter(file.key()::equals).isPresent()) {
        return generation;
      }
    }
    return -1;
  }
}
