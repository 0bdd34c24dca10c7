package jcompose.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jcompose.cli.settings.Interrupts;
import jcompose.cli.settings.Terminal;

/// The controlling terminal of this process, through stty(1): it is asked seldom, and a JVM has no
/// call for it.
final class ProcessTerminal implements Terminal.Control {
  private static final Path TERMINAL = Path.of("/dev/tty");

  @Override
  public Terminal.Size size() {
    try {
      String[] words = stty("size").split(" ", 2);
      return Terminal.Size.of(Integer.parseInt(words[1]), Integer.parseInt(words[0]));
    } catch (IOException | RuntimeException e) {
      return Terminal.Size.USUAL;
    }
  }

  @Override
  public Interrupts.Registration raw() {
    try {
      String before = stty("-g");
      stty("raw", "-echo");
      return () -> restore(before);
    } catch (IOException e) {
      throw new IllegalStateException("the terminal cannot be set to raw mode: " + e.getMessage());
    }
  }

  private static void restore(String settings) {
    try {
      stty(settings);
    } catch (IOException e) {
      throw new IllegalStateException("the terminal's mode cannot be restored: " + e.getMessage());
    }
  }

  @Override
  public Interrupts.Registration onResize(Runnable listener) {
    return ProcessSignals.handle(List.of("WINCH"), listener);
  }

  private static String stty(String... arguments) throws IOException {
    var command = new ArrayList<String>(List.of("stty"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(TERMINAL.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
  }
}
