package jcompose.cli.settings;

/// What the three streams of a command are connected to.
///
/// @param input whether standard input is a terminal
/// @param output whether standard output is one
/// @param error whether standard error is one
/// @param control works on the terminal, for a command that one of the three is
public record Terminal(boolean input, boolean output, boolean error, Control control) {
  /// No terminal at all, as in a script.
  public static final Terminal NONE = new Terminal(false, false, false, new NoTerminal());

  /// In characters.
  public record Size(int columns, int rows) {
    /// Of a terminal that does not tell its own, as the DEC VT100 had it.
    public static final Size USUAL = new Size(80, 24);

    /// @return this size; the usual one where a measure is not above nothing
    public static Size of(int columns, int rows) {
      return columns > 0 && rows > 0 ? new Size(columns, rows) : USUAL;
    }
  }

  /// The terminal itself.
  public interface Control {
    /// How large it is now; the usual size when it does not tell.
    Size size();

    /// Each key goes to the command at once, unseen and without a meaning, until the registration
    /// is closed: cfmakeraw(3).
    Interrupts.Registration raw();

    /// Calls the listener after each change of size.
    Interrupts.Registration onResize(Runnable listener);
  }

  private record NoTerminal() implements Control {
    @Override
    public Size size() {
      return Size.USUAL;
    }

    @Override
    public Interrupts.Registration raw() {
      return () -> {};
    }

    @Override
    public Interrupts.Registration onResize(Runnable listener) {
      return () -> {};
    }
  }
}
