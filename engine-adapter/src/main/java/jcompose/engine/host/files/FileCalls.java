package jcompose.engine.host.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// File calls of Linux, as they are: each gives what the kernel gives, and minus the error number
/// where that is an error (see [Errno]). Where a failure is unexpected, [#check] makes it an
/// exception.
///
/// Names and paths are *byte strings*: a char holds one byte (ISO 8859-1), because Linux's names
/// are bytes and need not be UTF-8. [#bytes(String)] makes one of ordinary text. Names do not
/// contain NUL.
///
/// An instance holds native memory and belongs to the thread that made it. Calls block, so that a
/// virtual thread holds its carrier meanwhile: work on many files belongs on a platform thread.
public final class FileCalls implements AutoCloseable {
  public static final int CURRENT_FOLDER = -100;
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_CREAT = 0100;
  public static final int O_EXCL = 0200;
  public static final int O_CLOEXEC = 02000000;
  public static final int O_PATH = 010000000;
  // these two differ between x86 and arm
  private static final boolean ARM = System.getProperty("os.arch").startsWith("aarch64");
  public static final int O_DIRECTORY = ARM ? 040000 : 0200000;
  public static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final long SYS_OPENAT2 = 437; // the same on all machines
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_IN_ROOT = 0x10;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final java.lang.foreign.ValueLayout.OfShort SHORT_ANYWHERE =
      java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final int PATH_SIZE = 4096;
  private static final int XATTR_SIZE = 65536;
  private static final int BUFFER_SIZE = 1 << 18;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(Libc.CALL_STATE);
  private final MemorySegment path = arena.allocate(PATH_SIZE + 64);
  private final MemorySegment path2 = arena.allocate(PATH_SIZE + 64);
  private final MemorySegment times = arena.allocate(32, 8);
  private final MemorySegment how = arena.allocate(24, 8);
  private final MemorySegment status = arena.allocate(256, 8);
  private final MemorySegment attribute = arena.allocate(XATTR_SIZE);
  private final MemorySegment buffer = arena.allocate(BUFFER_SIZE);

  /// Ordinary text as a byte string.
  public static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /// A byte string as text to be shown.
  public static String shown(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /// Passes a result on, or throws what it means.
  ///
  /// @param call such as `mkdir`
  /// @param name a byte string
  public static int check(int result, String call, String name) throws FileCallException {
    if (result < 0) {
      throw new FileCallException(call + " " + shown(name), -result);
    }
    return result;
  }

  /// openat(2); the descriptor is closed on exec.
  public int open(int folder, String name, int flags, int mode) {
    try {
      return result(
          (int) Libc.OPENAT.invokeExact(state, folder, set(path, name), flags | O_CLOEXEC, mode));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// openat2(2) with RESOLVE_IN_ROOT: opens a path as a process would whose root is `root`, so that
  /// neither `..` nor a symbolic link leads out of it.
  public int openInRoot(int root, String name, int flags) {
    how.set(JAVA_LONG, 0, flags | O_CLOEXEC);
    how.set(JAVA_LONG, 8, 0);
    how.set(JAVA_LONG, 16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    try {
      return result(
          (int)
              (long)
                  Libc.SYSCALL4.invokeExact(
                      state, SYS_OPENAT2, (long) root, set(path, name), how, 24L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int close(int descriptor) {
    try {
      return result((int) Libc.CLOSE.invokeExact(state, descriptor));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Writes all of these bytes; 0 once they are.
  public int write(int descriptor, byte[] bytes, int offset, int length) {
    int done = 0;
    while (done < length) {
      int part = Math.min(BUFFER_SIZE, length - done);
      MemorySegment.copy(bytes, offset + done, buffer, JAVA_BYTE, 0, part);
      int written = 0;
      while (written < part) {
        long result;
        try {
          result =
              (long)
                  Libc.WRITE.invokeExact(
                      state, descriptor, buffer.asSlice(written), (long) (part - written));
        } catch (Throwable e) {
          throw impossible(e);
        }
        if (result < 0) {
          int error = errno();
          if (error == Errno.EINTR) {
            continue;
          }
          return -error;
        }
        written += (int) result;
      }
      done += part;
    }
    return 0;
  }

  /// Reads what there is, at most `length`; 0 at the end.
  public int read(int descriptor, byte[] bytes, int offset, int length) {
    try {
      int count =
          result(
              (int)
                  (long)
                      Libc.READ.invokeExact(
                          state, descriptor, buffer, (long) Math.min(length, BUFFER_SIZE)));
      if (count > 0) {
        MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, offset, count);
      }
      return count;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Moves on without writing, which leaves a hole.
  public int skip(int descriptor, long count) {
    try {
      return (long) Libc.LSEEK.invokeExact(state, descriptor, count, 1) < 0 ? -errno() : 0;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int truncate(int descriptor, long size) {
    try {
      return result((int) Libc.FTRUNCATE.invokeExact(state, descriptor, size));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int makeDirectory(int folder, String name, int mode) {
    try {
      return result((int) Libc.MKDIRAT.invokeExact(state, folder, set(path, name), mode));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// mknodat(2).
  ///
  /// @param mode type and permissions
  public int makeNode(int folder, String name, int mode, int major, int minor) {
    long device =
        ((major & 0xfffff000L) << 32)
            | ((major & 0xfffL) << 8)
            | ((minor & 0xffffff00L) << 12)
            | (minor & 0xffL);
    try {
      return result((int) Libc.MKNODAT.invokeExact(state, folder, set(path, name), mode, device));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int makeSymlink(String target, int folder, String name) {
    try {
      return result(
          (int) Libc.SYMLINKAT.invokeExact(state, set(path2, target), folder, set(path, name)));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Where a symbolic link points to, a byte string.
  public String readSymlink(int folder, String name) throws FileCallException {
    try {
      int length =
          check(
              result(
                  (int)
                      (long)
                          Libc.READLINKAT.invokeExact(
                              state, folder, set(path, name), path2, (long) PATH_SIZE)),
              "readlink",
              name);
      return text(path2, 0, length);
    } catch (FileCallException e) {
      throw e;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// linkat(2); a symbolic link is linked itself, not what it points to.
  public int makeLink(int fromFolder, String from, int toFolder, String to) {
    try {
      return result(
          (int)
              Libc.LINKAT.invokeExact(
                  state, fromFolder, set(path, from), toFolder, set(path2, to), 0));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int removeFile(int folder, String name) {
    return unlink(folder, name, 0);
  }

  public int removeDirectory(int folder, String name) {
    return unlink(folder, name, AT_REMOVEDIR);
  }

  private int unlink(int folder, String name, int flags) {
    try {
      return result((int) Libc.UNLINKAT.invokeExact(state, folder, set(path, name), flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Of an open file, or of a name in a folder, never through a symbolic link.
  public int setOwner(int descriptor, int uid, int gid) {
    try {
      return result((int) Libc.FCHOWN.invokeExact(state, descriptor, uid, gid));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int setOwner(int folder, String name, int uid, int gid) {
    try {
      return result(
          (int)
              Libc.FCHOWNAT.invokeExact(
                  state, folder, set(path, name), uid, gid, AT_SYMLINK_NOFOLLOW));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int setMode(int descriptor, int permissions) {
    try {
      return result((int) Libc.FCHMOD.invokeExact(state, descriptor, permissions));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Follows symbolic links, as fchmodat(2) must: only for a name that is known to be none.
  public int setMode(int folder, String name, int permissions) {
    try {
      return result(
          (int) Libc.FCHMODAT.invokeExact(state, folder, set(path, name), permissions, 0));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int setTime(int descriptor, long seconds, int nanos) {
    try {
      return result((int) Libc.FUTIMENS.invokeExact(state, descriptor, times(seconds, nanos)));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int setTime(int folder, String name, long seconds, int nanos) {
    try {
      return result(
          (int)
              Libc.UTIMENSAT.invokeExact(
                  state, folder, set(path, name), times(seconds, nanos), AT_SYMLINK_NOFOLLOW));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// What a name in a folder is, never through a symbolic link; the empty name is the open file
  /// itself.
  public FileStatus status(int folder, String name) throws FileCallException {
    int result = stat(folder, name);
    check(result, "stat", name);
    return readStatus();
  }

  /// As [#status], and null where there is nothing of this name.
  public @Nullable FileStatus statusOrNull(int folder, String name) throws FileCallException {
    int result = stat(folder, name);
    if (result == -Errno.ENOENT) {
      return null;
    }
    check(result, "stat", name);
    return readStatus();
  }

  private int stat(int folder, String name) {
    try {
      return result(
          (int)
              Libc.STATX.invokeExact(
                  state,
                  folder,
                  set(path, name),
                  AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH,
                  STATX_BASIC_STATS,
                  status));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private FileStatus readStatus() { // struct statx: the same on all machines
    return new FileStatus(
        Short.toUnsignedInt(status.get(JAVA_SHORT, 28)),
        status.get(JAVA_INT, 16),
        status.get(JAVA_INT, 20),
        status.get(JAVA_INT, 24),
        status.get(JAVA_LONG, 40),
        status.get(JAVA_LONG, 48),
        ((long) status.get(JAVA_INT, 136) << 32) | status.get(JAVA_INT, 140),
        status.get(JAVA_LONG, 32),
        ((long) status.get(JAVA_INT, 128) << 32) | status.get(JAVA_INT, 132),
        status.get(JAVA_LONG, 112),
        status.get(JAVA_INT, 120));
  }

  /// syncfs(2): writes out the file system that the open file is on.
  public int syncFileSystem(int descriptor) {
    try {
      return result((int) Libc.SYNCFS.invokeExact(state, descriptor));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int sync(int descriptor) {
    try {
      return result((int) Libc.FSYNC.invokeExact(state, descriptor));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// fsetxattr(2) of a file that is open for reading or writing.
  public int setAttribute(int descriptor, String name, byte[] value) {
    try {
      MemorySegment.copy(value, 0, attribute, JAVA_BYTE, 0, Math.min(value.length, XATTR_SIZE));
      return result(
          (int)
              Libc.FSETXATTR.invokeExact(
                  state, descriptor, set(path2, name), attribute, (long) value.length, 0));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Sets an attribute of a name in a folder, which may be a symbolic link or a device.
  public int setAttribute(int folder, String file, String name, byte[] value) {
    try {
      MemorySegment.copy(value, 0, attribute, JAVA_BYTE, 0, Math.min(value.length, XATTR_SIZE));
      return result(
          (int)
              Libc.LSETXATTR.invokeExact(
                  state,
                  set(path, through(folder, file)),
                  set(path2, name),
                  attribute,
                  (long) value.length,
                  0));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// The names of the extended attributes of a name in a folder; none where the file system has no
  /// such thing.
  public List<String> attributes(int folder, String file) throws FileCallException {
    try {
      int length =
          result(
              (int)
                  (long)
                      Libc.LLISTXATTR.invokeExact(
                          state, set(path, through(folder, file)), attribute, (long) XATTR_SIZE));
      if (length == 0 || length == -Errno.ENOTSUP) {
        return List.of();
      }
      check(length, "listxattr", file);
      var names = new ArrayList<String>();
      int from = 0;
      for (int i = 0; i < length; i++) {
        if (attribute.get(JAVA_BYTE, i) == 0) {
          names.add(text(attribute, from, i - from));
          from = i + 1;
        }
      }
      return names;
    } catch (FileCallException e) {
      throw e;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public byte[] attribute(int folder, String file, String name) throws FileCallException {
    try {
      int length =
          check(
              result(
                  (int)
                      (long)
                          Libc.LGETXATTR.invokeExact(
                              state,
                              set(path, through(folder, file)),
                              set(path2, name),
                              attribute,
                              (long) XATTR_SIZE)),
              "getxattr " + name + " of",
              file);
      return attribute.asSlice(0, length).toArray(JAVA_BYTE);
    } catch (FileCallException e) {
      throw e;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public int removeAttribute(int folder, String file, String name) {
    try {
      return result(
          (int)
              Libc.LREMOVEXATTR.invokeExact(
                  state, set(path, through(folder, file)), set(path2, name)));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// The attribute calls know no folder descriptors: the magic link of the open folder stands in,
  /// so that the name is still looked up in that very folder.
  private static String through(int folder, String file) {
    return "/proc/self/fd/" + folder + "/" + (file.isEmpty() ? "." : file);
  }

  /// The names in an open folder without `.` and `..`, in no order.
  public List<String> list(int folder) throws FileCallException {
    var names = new ArrayList<String>();
    try {
      check((int) (long) Libc.LSEEK.invokeExact(state, folder, 0L, 0), "rewind", "folder");
      while (true) {
        int length =
            check(
                result(
                    (int)
                        (long)
                            Libc.GETDENTS64.invokeExact(state, folder, buffer, (long) BUFFER_SIZE)),
                "list",
                "folder");
        if (length == 0) {
          return names;
        }
        for (int at = 0; at < length; ) { // struct dirent64: ino, off, reclen, type, name
          int size = Short.toUnsignedInt(buffer.get(SHORT_ANYWHERE, at + 16));
          int end = at + 19;
          while (buffer.get(JAVA_BYTE, end) != 0) {
            end++;
          }
          String name = text(buffer, at + 19, end - at - 19);
          if (!name.equals(".") && !name.equals("..")) {
            names.add(name);
          }
          at += size;
        }
      }
    } catch (FileCallException e) {
      throw e;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private MemorySegment times(long seconds, int nanos) {
    for (int i = 0; i < 32; i += 16) { // access and modification
      times.set(JAVA_LONG, i, seconds);
      times.set(JAVA_LONG, i + 8, nanos);
    }
    return times;
  }

  private static MemorySegment set(MemorySegment into, String text) {
    int length = text.length();
    if (length >= PATH_SIZE + 48) {
      // longer than any path: let the kernel say so
      length = PATH_SIZE + 48;
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    MemorySegment.copy(bytes, 0, into, JAVA_BYTE, 0, length);
    into.set(JAVA_BYTE, length, (byte) 0);
    return into;
  }

  private static String text(MemorySegment from, int offset, int length) {
    return new String(from.asSlice(offset, length).toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }

  private int result(int value) {
    return value < 0 ? -errno() : value;
  }

  private int errno() {
    return (int) Libc.ERRNO.get(state, 0L);
  }

  private static AssertionError impossible(Throwable e) {
    return new AssertionError("a call into the C library cannot throw", e);
  }

  @Override
  public void close() {
    arena.close();
  }
}
