package jcompose.cli.warm;

import java.util.ArrayDeque;
import java.util.Deque;
import jcompose.cli.settings.Interrupts;

/// Signals that the caller got and passes on.
final class RelayedSignals implements Interrupts {
  /// signal(7), the same on every architecture that Linux has Java for.
  static final int SIGINT = 2;

  static final int SIGTERM = 15;

  private final Deque<Runnable> handlers = new ArrayDeque<>();

  @Override
  public synchronized Registration handle(Runnable handler) {
    handlers.push(handler);
    return () -> remove(handler);
  }

  private synchronized void remove(Runnable handler) {
    handlers.remove(handler);
  }

  /// Calls the newest handler.
  ///
  /// @return whether the command handles this signal; if not, the signal's own action is due
  boolean arrived(int number) {
    Runnable handler;
    synchronized (this) {
      handler = number == SIGINT || number == SIGTERM ? handlers.peek() : null;
    }
    if (handler != null) {
      handler.run();
    }
    return handler != null;
  }
}
