package jcompose.cli.settings;

/// How a command hears of Ctrl-C.
@FunctionalInterface
public interface Interrupts {
  /// Calls the handler for each SIGINT or SIGTERM from now on, instead of ending the process.
  ///
  /// @return gives the signals back when closed
  Registration handle(Runnable handler);

  /// A handler in force.
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /// No one interrupts.
  static Interrupts none() {
    return _ -> () -> {};
  }
}
