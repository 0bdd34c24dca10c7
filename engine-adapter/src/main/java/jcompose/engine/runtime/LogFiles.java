package jcompose.engine.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A log file and those it was turned over to: `file` is written to, `file.1` was the first before
/// it, `file.2` the next, and so on; the oldest are gone. Instead of `file.N` there may be
/// `file.N.gz`; where both are, the first counts.
record LogFiles(Path file) {
  static final String COMPRESSED = ".gz";

  private static final int TRIES = 100;
  private static final long PAUSE = 200_000;

  /// A file held open; it keeps its content when it is turned over or removed.
  ///
  /// @param number it has or will have
  /// @param key tells whether it is still the one that is written to
  record Open(FileChannel channel, long number, Object key) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  Path numbered(long number) {
    return Path.of(file + "." + number);
  }

  Path compressed(long number) {
    return Path.of(file + "." + number + COMPRESSED);
  }

  /// Of the files that were turned over and are there, compressed or not.
  TreeSet<Long> numbers() throws IOException {
    TreeSet<Long> numbers = new TreeSet<>();
    String before = file.getFileName() + ".";
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(file.toAbsolutePath().getParent(), before + "*")) {
      for (Path path : all) {
        String number = path.getFileName().toString().substring(before.length());
        if (number.endsWith(COMPRESSED)) {
          number = number.substring(0, number.length() - COMPRESSED.length());
        }
        if (number.matches("[0-9]{1,18}")) {
          numbers.add(Long.parseLong(number));
        }
      }
    } catch (NoSuchFileException e) {
      return numbers; // a container that is gone has no log
    }
    return numbers;
  }

  /// The number that the file written to will get.
  long next() throws IOException {
    TreeSet<Long> numbers = numbers();
    return numbers.isEmpty() ? 1 : numbers.last() + 1;
  }

  /// The first that was written of those that are there.
  Optional<Open> first() throws IOException {
    return after(0, Optional.empty());
  }

  /// The one that is written to.
  Optional<Open> current() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      long number = next();
      Optional<Object> key = key(file);
      if (key.isPresent()) {
        FileChannel channel = channel(file);
        if (channel != null && key(file).equals(key) && next() == number) {
          return Optional.of(new Open(channel, number, key.get()));
        }
        close(channel); // it was turned over meanwhile, and another may be open now
      } else if (number == 1) {
        return Optional.empty();
      }
      LockSupport.parkNanos(PAUSE);
    }
    return Optional.empty();
  }

  /// The file written before this one; absent for the first.
  Optional<Open> before(Open open) throws IOException {
    while (true) {
      Long number = numbers().lower(open.number());
      if (number == null) {
        return Optional.empty();
      }
      Optional<Open> found = open(number);
      if (found.isPresent()) {
        return found;
      }
    }
  }

  /// The file written after this one; absent while this is the current one.
  Optional<Open> after(Open open) throws IOException {
    if (key(file).filter(open.key()::equals).isPresent()) {
      return Optional.empty();
    }
    return after(open.number(), Optional.of(open.key()));
  }

  private Optional<Open> after(long number, Optional<Object> unwanted) throws IOException {
    while (true) {
      Long next = numbers().higher(number);
      Optional<Open> found = next == null ? current() : open(next);
      if (found.isEmpty()) {
        if (next == null) {
          return found;
        }
      } else if (next == null && !numbers().tailSet(number + 1).isEmpty()) {
        found.get().close(); // turned over meanwhile: there is one in between
      } else if (unwanted.filter(found.get().key()::equals).isPresent()) {
        found.get().close();
        return Optional.empty();
      } else {
        return found;
      }
    }
  }

  private Optional<Open> open(long number) throws IOException {
    FileChannel plain = channel(numbered(number));
    if (plain != null) {
      return Optional.of(new Open(plain, number, new Object()));
    }
    Path temporary = Files.createTempFile("log", "");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed(number)), 1 << 16)) {
      Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(new Open(FileChannel.open(temporary), number, new Object()));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // the oldest, removed meanwhile
    } finally {
      Files.deleteIfExists(temporary); // what is open stays until it is closed
    }
  }

  private static @Nullable FileChannel channel(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static void close(@Nullable FileChannel channel) throws IOException {
    if (channel != null) {
      channel.close();
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
}
