package jcompose.cli.output;

import java.io.PrintStream;
import java.util.List;
import jcompose.core.source.Diagnostic;

/// Shows what is wrong in files, on standard error.
public final class Diagnostics {
  private Diagnostics() {}

  public static void print(List<Diagnostic> diagnostics, PrintStream error) {
    diagnostics.forEach(it -> error.println(it.render()));
  }
}
