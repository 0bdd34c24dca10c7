package jcompose.cli.console;

import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;

/// The caller's streams for a program that runs already; its exit code is the command's.
public final class Attaching {
  private Attaching() {}

  /// @param detachKeys those that leave it alone; empty for the usual ones
  /// @param input whether it gets the caller's standard input
  /// @param signals whether it gets the caller's signals; else they end the attachment
  public static int run(
      Session session, ContainerId id, String detachKeys, boolean input, boolean signals) {
    byte[] keys = DetachableInput.sequence(detachKeys);
    var invocation = session.invocation();
    var containers = session.engine().containers();
    boolean terminal =
        containers.inspect(id).tty()
            && invocation.terminal().input()
            && invocation.terminal().output();
    Thread worker = Thread.currentThread();
    Runnable interrupted = signals ? () -> pass(session, id) : worker::interrupt;
    try (var caller = new CallerConsole(invocation, terminal, keys);
        var _ = invocation.interrupts().handle(interrupted)) {
      containers.attach(id, caller.console(input), detachKeys);
      if (caller.detached()) {
        return ExitStatus.OK;
      }
    }
    if (Thread.interrupted()) {
      return ExitStatus.INTERRUPTED;
    }
    return containers.waitForExit(id).value();
  }

  private static void pass(Session session, ContainerId id) {
    try {
      session.engine().containers().kill(id, "SIGINT");
    } catch (EngineException e) {
      // it has ended by itself
    }
  }
}
