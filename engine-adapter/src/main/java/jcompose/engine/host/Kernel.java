package jcompose.engine.host;

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
import java.nio.charset.StandardCharsets;

/// System calls the JDK has no method for, through the C library's `syscall`. Numbers are those
/// that all architectures share since Linux 5.0, but for bpf(2).
final class Kernel {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle CLOSE =
      plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle READ =
      plain("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle STRERROR =
      plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Kernel() {}

  private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
  }

  /// Calls with one number, two addresses and another number.
  ///
  /// @throws Errno when it answers -1
  static long call(
      Arena arena, long number, long first, MemorySegment second, MemorySegment third, long fourth)
      throws Errno {
    MemorySegment state = arena.allocate(STATE);
    try {
      long result = (long) SYSCALL.invokeExact(state, number, first, second, third, fourth);
      if (result == -1) {
        throw new Errno((int) ERRNO.get(state, 0L));
      }
      return result;
    } catch (Errno e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static long read(int descriptor, MemorySegment into) {
    try {
      return (long) READ.invokeExact(descriptor, into, into.byteSize());
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static void close(int descriptor) {
    try {
      int _ = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static String message(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(256).getString(0, StandardCharsets.UTF_8);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// A failed system call.
  static final class Errno extends IOException {
    private static final long serialVersionUID = 1L;

    private final int number;

    Errno(int number) {
      super(message(number));
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
