package jcompose.cli.output;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import jcompose.core.engine.TransferListener;

/// A pull, push or load as the docker CLI shows it: on a terminal a line a layer, drawn anew in
/// place; elsewhere a line a change, without bars.
public final class TransferLines implements TransferListener {
  private static final String CLEAR = "\u001b[2K";
  private static final int WIDE = 110;
  private static final int MIDDLE = 50;
  private static final int BAR = 50;

  private final PrintStream out;
  private final boolean terminal;
  private final IntSupplier columns;
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  /// @param columns width of the terminal
  public TransferLines(PrintStream out, boolean terminal, IntSupplier columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
  }

  @Override
  public void progress(String part, String message, Optional<Long> current, Optional<Long> total) {
    String text = part.isEmpty() ? message : part + ": " + message;
    boolean counts = current.orElse(0L) > 0 || total.orElse(0L) > 0;
    if (!terminal) {
      if (!counts) {
        out.println(text);
      }
      return;
    }
    String bar = counts ? " " + bar(current.orElse(0L), total.orElse(0L)) : "";
    if (part.isEmpty()) {
      lines.clear(); // what comes next is below it
      out.println(text + bar);
    } else {
      draw(part, text + bar);
    }
    out.flush();
  }

  private void draw(String part, String text) {
    Integer line = lines.get(part);
    if (line == null) {
      lines.put(part, lines.size());
      out.println(text);
      return;
    }
    int up = lines.size() - line;
    out.print("\u001b[" + up + "A" + CLEAR + "\r" + text + "\r\u001b[" + up + "B");
  }

  private String bar(long current, long total) {
    if (total <= 0) {
      return " %8s".formatted(Sizes.precise(current));
    }
    int width = columns.getAsInt();
    var text = new StringBuilder();
    if (width > WIDE) {
      int done = (int) Math.min(BAR, current * BAR / total);
      text.append('[').append("=".repeat(done)).append('>');
      text.append(" ".repeat(BAR - done)).append("]  ");
    }
    text.append("%8s".formatted(Sizes.precise(current)));
    if (width > MIDDLE && current <= total) {
      text.append('/').append(Sizes.precise(total));
    }
    return text.toString();
  }
}
