package jcompose.cli.console;

import java.io.PrintStream;
import java.util.Optional;
import jcompose.cli.settings.Interrupts.Registration;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;
import jcompose.core.engine.Console;
import jcompose.core.engine.LogSink;

/// The streams of a command, for a program in a container: while it is open, the caller's terminal
/// passes each key on and tells its size.
public final class CallerConsole implements AutoCloseable {
  private final Invocation invocation;
  private final boolean terminal;
  private final DetachableInput keys;
  private final Registration raw;
  private Registration resizes = () -> {};

  /// @param terminal whether the program has a terminal
  public CallerConsole(Invocation invocation, boolean terminal) {
    this(invocation, terminal, DetachableInput.sequence(""));
  }

  /// @param detachKeys those that leave it alone
  public CallerConsole(Invocation invocation, boolean terminal, byte[] detachKeys) {
    this.invocation = invocation;
    this.terminal = terminal;
    this.keys = new DetachableInput(invocation.input(), detachKeys);
    this.raw = terminal ? invocation.terminal().control().raw() : () -> {};
  }

  /// @param input whether the program gets the caller's standard input
  public Console console(boolean input) {
    return new Console(
        input ? Optional.of(terminal ? keys : invocation.input()) : Optional.empty(),
        this::print,
        this::connected);
  }

  /// Whether the user has left the program alone.
  public boolean detached() {
    return keys.detached();
  }

  private void print(LogSink.Stream stream, byte[] bytes, int offset, int length) {
    PrintStream to = stream == LogSink.Stream.STDERR ? invocation.error() : invocation.output();
    to.write(bytes, offset, length);
    to.flush();
  }

  private void connected(Console.WindowSize program) {
    if (terminal) {
      Terminal.Control control = invocation.terminal().control();
      Runnable tell = () -> program.set(control.size().columns(), control.size().rows());
      tell.run();
      resizes = control.onResize(tell);
    }
  }

  @Override
  public void close() {
    resizes.close();
    raw.close();
  }
}
