package jcompose.engine.daemon;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/// The session of this process.
final class Session {
  private Session() {}

  /// Leaves the session of the terminal, so that Ctrl-C there does not end a daemon that was
  /// started from it (setsid(2)). Without effect for a process that leads a group.
  static void leave() {
    Linker linker = Linker.nativeLinker();
    var setsid =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setsid"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
    try {
      int _ = (int) setsid.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("cannot call setsid", e);
    }
  }
}
