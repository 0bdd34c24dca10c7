package jcompose.cli.settings;

import java.util.function.IntSupplier;

/// What the three streams of a command are connected to.
///
/// @param input whether standard input is a terminal
/// @param output whether standard output is one
/// @param error whether standard error is one
/// @param columns width in characters; asked only when something is drawn in place
public record Terminal(boolean input, boolean output, boolean error, IntSupplier columns) {
  /// No terminal at all, as in a script.
  public static final Terminal NONE = new Terminal(false, false, false, () -> 80);
}
