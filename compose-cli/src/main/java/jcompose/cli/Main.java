package jcompose.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jcompose.cli.command.Cli;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;

/// Entry point of the `jcompose` command. Alone reads the process environment and ends the process.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    var output = stream(FileDescriptor.out);
    var error = stream(FileDescriptor.err);
    var invocation =
        new Invocation(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            System.in,
            output,
            error,
            terminal(),
            new ProcessSignals());
    int status = Cli.run(List.of(arguments), invocation);
    output.flush();
    error.flush();
    // Not exit, which looks through all jars for a logger to tell; and there are no shutdown hooks.
    Runtime.getRuntime().halt(status);
  }

  /// Buffered, flushed at each end of line; System.out would encode as the locale says.
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static Terminal terminal() {
    return new Terminal(isTerminal(0), isTerminal(1), isTerminal(2), new ProcessTerminal());
  }

  /// Where a descriptor leads says what it is, without a native call.
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false; // closed, or no /proc
    }
  }
}
