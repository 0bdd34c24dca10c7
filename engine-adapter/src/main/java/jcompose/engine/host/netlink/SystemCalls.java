package jcompose.engine.host.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// The calls of libc that netlink needs. Each returns what libc returns, or throws with errno.
final class SystemCalls {
  static final int O_RDONLY = 0;
  static final int O_CLOEXEC = 0x80000;
  static final int CLONE_NEWNET = 0x40000000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_OF =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = bind("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SEND =
      bind("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECEIVE =
      bind("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SET_OPTION =
      bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle SETNS = bind("setns", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("open"),
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          ERRNO,
          Linker.Option.firstVariadicArg(2));

  private SystemCalls() {}

  private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), ERRNO);
  }

  static int socket(int domain, int type, int protocol) {
    return call("socket", state -> (int) SOCKET.invokeExact(state, domain, type, protocol));
  }

  static int open(Path path) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toString());
      return call(
          "open " + path, state -> (int) OPEN.invokeExact(state, name, O_RDONLY | O_CLOEXEC, 0));
    }
  }

  static void setNetworkNamespace(int descriptor) {
    call("setns", state -> (int) SETNS.invokeExact(state, descriptor, CLONE_NEWNET));
  }

  static void setOption(int descriptor, int level, int option, int value) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment pointer = arena.allocateFrom(JAVA_INT, value);
      call(
          "setsockopt",
          state -> (int) SET_OPTION.invokeExact(state, descriptor, level, option, pointer, 4));
    }
  }

  static void send(int descriptor, MemorySegment bytes) {
    call(
        "send",
        state -> (int) (long) SEND.invokeExact(state, descriptor, bytes, bytes.byteSize(), 0));
  }

  static int receive(int descriptor, MemorySegment into) {
    return call(
        "recv",
        state -> (int) (long) RECEIVE.invokeExact(state, descriptor, into, into.byteSize(), 0));
  }

  static void close(int descriptor) {
    call("close", state -> (int) CLOSE.invokeExact(state, descriptor));
  }

  private interface Call {
    int with(MemorySegment state) throws Throwable;
  }

  private static int call(String what, Call call) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = call.with(state);
      if (result < 0) {
        throw new NetlinkException(what, (int) ERRNO_OF.get(state, 0L), "");
      }
      return result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(what, e);
    }
  }
}
