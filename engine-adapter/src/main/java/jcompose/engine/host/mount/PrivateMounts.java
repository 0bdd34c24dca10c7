package jcompose.engine.host.mount;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Runs an action on a thread that has a mount namespace of its own (unshare(2)): what it mounts is
/// seen by no one else and is gone with the thread, however this process ends.
public final class PrivateMounts {
  private static final int CLONE_NEWNS = 0x00020000;
  private static final long MS_RDONLY = 1;
  private static final long MS_BIND = 4096;
  private static final long MS_REC = 16384;
  private static final long MS_PRIVATE = 1 << 18;
  private static final int MNT_DETACH = 2;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle UNSHARE = handle("unshare", JAVA_INT);
  private static final MethodHandle CHDIR = handle("chdir", ADDRESS);
  private static final MethodHandle MOUNT =
      handle("mount", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private static final MethodHandle UMOUNT = handle("umount2", ADDRESS, JAVA_INT);

  private final Arena arena;
  private final MemorySegment state;

  private PrivateMounts(Arena arena) {
    this.arena = arena;
    this.state = arena.allocate(STATE);
  }

  private static MethodHandle handle(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  /// What is done with mounts that no one else sees.
  @FunctionalInterface
  public interface Action<T> {
    T run(PrivateMounts mounts) throws IOException;
  }

  /// Runs the action to its end on a new thread.
  public static <T> T call(Action<T> action) throws IOException {
    var result = new CompletableFuture<T>();
    Thread.ofPlatform().name("private-mounts").start(() -> runOn(action, result));
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case null, default -> throw new IOException(e.getCause());
      }
    }
  }

  private static <T> void runOn(Action<T> action, CompletableFuture<T> result) {
    try (Arena arena = Arena.ofConfined()) {
      var mounts = new PrivateMounts(arena);
      mounts.check((int) UNSHARE.invokeExact(mounts.state, CLONE_NEWNS), "unshare");
      mounts.mount("none", Path.of("/"), "", MS_REC | MS_PRIVATE, "");
      result.complete(action.run(mounts));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /// Mounts an overlay.
  ///
  /// @param base the folder that relative paths in `options` start from
  public void overlay(Path base, String options, Path target) throws IOException {
    changeFolder(base);
    mount("overlay", target, "overlay", 0, options);
    changeFolder(Path.of("/"));
  }

  /// Shows a folder or file at another place.
  public void bind(Path source, Path target, boolean readOnly) throws IOException {
    mount(source.toString(), target, "", MS_BIND, "");
    if (readOnly) {
      makeReadOnly(target);
    }
  }

  /// Makes a mount read-only.
  ///
  /// @param target leads to the mount itself; a descriptor opened before it was mounted does not
  public void makeReadOnly(Path target) throws IOException {
    mount("none", target, "", MS_BIND | MS_RDONLY | 32 /* MS_REMOUNT */, "");
  }

  /// Takes the topmost mount at a place away, now for all to see who use its parts.
  public void unmount(Path target) throws IOException {
    try {
      check(
          (int) UMOUNT.invokeExact(state, text(target.toString()), MNT_DETACH), "umount " + target);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private void changeFolder(Path folder) throws IOException {
    try {
      check((int) CHDIR.invokeExact(state, text(folder.toString())), "chdir " + folder);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private void mount(String source, Path target, String type, long flags, String data)
      throws IOException {
    try {
      int result =
          (int)
              MOUNT.invokeExact(
                  state, text(source), text(target.toString()), text(type), flags, text(data));
      check(result, "mount " + source + " on " + target);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private MemorySegment text(String value) {
    return arena.allocateFrom(value);
  }

  private void check(int result, String call) throws IOException {
    if (result != 0) {
      int errno = (int) ERRNO.get(state, 0L);
      throw new IOException(call + ": error " + errno);
    }
  }
}
