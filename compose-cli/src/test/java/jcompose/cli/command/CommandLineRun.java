package jcompose.cli.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jcompose.cli.settings.Interrupts;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;

/// What a command line did, run within this process and without a terminal.
///
/// @param printed to both streams, in order
record CommandLineRun(int status, String printed) {
  /// @param input its standard input
  static CommandLineRun of(
      Path folder, Map<String, String> environment, String input, List<String> words) {
    var printed = new ByteArrayOutputStream();
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var invocation =
        new Invocation(
            environment,
            folder,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            stream,
            stream,
            Terminal.NONE,
            Interrupts.none());
    int status = Cli.run(words, invocation);
    return new CommandLineRun(status, printed.toString(StandardCharsets.UTF_8));
  }

  static CommandLineRun of(Path folder, List<String> words) {
    return of(folder, Map.of(), "", words);
  }
}
