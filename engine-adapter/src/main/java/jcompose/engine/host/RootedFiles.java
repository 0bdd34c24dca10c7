package jcompose.engine.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Reads files below a root that someone else may have filled: links, absolute ones too, and `..`
/// stay below it. See openat2(2), RESOLVE_IN_ROOT.
public final class RootedFiles {
  private static final long OPENAT2 = 437;
  private static final long O_PATH_CLOEXEC = 0x200000 | 0x80000;
  private static final long O_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
  private static final long RESOLVE_NO_MAGICLINKS_IN_ROOT = 0x02 | 0x10;

  private RootedFiles() {}

  /// The file's bytes, cut off after `maximum`; absent when there is no such file.
  ///
  /// @param root such as `/proc/PID/root`
  /// @param path relative to it
  public static Optional<byte[]> read(Path root, String path, int maximum) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int folder = openPath(arena, root);
      try {
        // not blocking: it may be a named pipe
        int file = open(arena, folder, path, O_NONBLOCK_CLOEXEC, RESOLVE_NO_MAGICLINKS_IN_ROOT);
        try {
          return Optional.of(readAll(arena, file, maximum));
        } finally {
          Kernel.close(file);
        }
      } finally {
        Kernel.close(folder);
      }
    } catch (Kernel.Errno e) {
      if (e.number() == Errors.ENOENT || e.number() == Errors.ENOTDIR) {
        return Optional.empty();
      }
      throw new IOException("cannot read " + path + " below " + root + ": " + e.getMessage(), e);
    }
  }

  /// A descriptor that only names the file; the caller closes it.
  static int openPath(Arena arena, Path path) throws IOException {
    return open(arena, -100, path.toString(), O_PATH_CLOEXEC, 0);
  }

  private static int open(Arena arena, int at, String path, long flags, long resolve)
      throws IOException {
    MemorySegment how = arena.allocate(24, 8); // struct open_how: flags, mode, resolve
    how.set(ValueLayout.JAVA_LONG, 0, flags);
    how.set(ValueLayout.JAVA_LONG, 16, resolve);
    return (int) Kernel.call(arena, OPENAT2, at, arena.allocateFrom(path), how, how.byteSize());
  }

  private static byte[] readAll(Arena arena, int file, int maximum) {
    MemorySegment buffer = arena.allocate(Math.min(maximum, 65536));
    byte[] bytes = new byte[0];
    while (bytes.length < maximum) {
      int got = (int) Kernel.read(file, buffer);
      if (got <= 0) {
        break;
      }
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, before + Math.min(got, maximum - before));
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, before, bytes.length - before);
    }
    return bytes;
  }
}
