package jcompose.cli.output;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jcompose.core.engine.LogSink;
import jcompose.core.usecase.LogConsumer;

/// Prints lines of several containers: `web-1 | GET /`, each container in its colour, prefixes
/// padded to the longest name known so far.
public final class LogPrinter implements LogConsumer {
  private static final List<Style> COLOURS =
      List.of(
          Style.CYAN,
          Style.YELLOW,
          Style.GREEN,
          Style.MAGENTA,
          Style.BLUE,
          Style.BRIGHT_CYAN,
          Style.BRIGHT_YELLOW,
          Style.BRIGHT_GREEN,
          Style.BRIGHT_MAGENTA,
          Style.BRIGHT_BLUE);

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;
  private final boolean prefix;
  private final Supplier<String> time;
  private final Map<String, Style> colours = new HashMap<>();
  private int width;

  /// @param err for what containers write to standard error
  /// @param time put before each line; empty for none
  public LogPrinter(
      PrintStream out, PrintStream err, boolean colour, boolean prefix, Supplier<String> time) {
    this.out = out;
    this.err = err;
    this.colour = colour;
    this.prefix = prefix;
    this.time = time;
  }

  @Override
  public synchronized void announce(Source source) {
    width = Math.max(width, source.name().length());
    colours.computeIfAbsent(source.name(), _ -> COLOURS.get(colours.size() % COLOURS.size()));
  }

  @Override
  public void line(Source source, LogSink.Stream stream, byte[] line) {
    PrintStream to = stream == LogSink.Stream.STDERR ? err : out;
    byte[] start = (prefix(source) + time.get()).getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[start.length + line.length + 1];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(line, 0, whole, start.length, line.length);
    whole[whole.length - 1] = '\n';
    synchronized (this) {
      to.write(whole, 0, whole.length);
      to.flush();
    }
  }

  private synchronized String prefix(Source source) {
    if (!prefix) {
      return "";
    }
    announce(source);
    String text = source.name() + " ".repeat(width - source.name().length()) + "  | ";
    return colour ? colours.getOrDefault(source.name(), Style.CYAN).paint(text) : text;
  }

  @Override
  public void status(Source source, String message) {
    String text = source.name() + " " + message;
    synchronized (this) {
      out.println(colour ? colours.getOrDefault(source.name(), Style.CYAN).paint(text) : text);
      out.flush();
    }
  }
}
