package jcompose.cli.settings;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// One call of the command, with all it may know of the world: nothing in a command asks the
/// process for these, so that one JVM can serve many calls.
///
/// @param folder the caller's working folder, absolute
/// @param output for results: tables, logs, JSON
/// @param error for progress, warnings and errors
public record Invocation(
    Map<String, String> environment,
    Path folder,
    InputStream input,
    PrintStream output,
    PrintStream error,
    Terminal terminal,
    Interrupts interrupts) {
  public Invocation {
    environment = Map.copyOf(environment);
  }
}
