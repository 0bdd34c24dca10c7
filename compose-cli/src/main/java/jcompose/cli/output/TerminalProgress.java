package jcompose.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.progress.ProgressListener;

/// One line an object, drawn anew in place: ` ✔ Container shop-web-1 Started 0.3s`. Close it to
/// draw the last state; what is printed later comes below.
public final class TerminalProgress implements ProgressListener, AutoCloseable {
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final long FRAME_MILLIS = 100;

  private final PrintStream out;
  private final boolean colour;
  private final IntSupplier columns;
  private final LongSupplier clock;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Thread painter;
  private int width;
  private int drawn;
  private int frame;
  private boolean closed;

  private static final class Line {
    String verb = "";
    String detail = "";
    long start;
    long end;
    State state = State.WORKING;
  }

  private enum State {
    WORKING,
    DONE,
    FAILED,
    WARNING
  }

  /// @param columns width of the terminal
  /// @param clock nanoseconds
  public TerminalProgress(
      PrintStream out, boolean colour, IntSupplier columns, LongSupplier clock) {
    this.out = out;
    this.colour = colour;
    this.columns = columns;
    this.clock = clock;
    this.painter = Thread.ofVirtual().unstarted(this::paint);
  }

  @Override
  public synchronized void on(ProgressEvent event) {
    if (closed) {
      return;
    }
    if (event instanceof ProgressEvent.Warning warning) {
      erase();
      out.println(
          colour
              ? Style.YELLOW.paint(PlainProgress.warning(warning))
              : PlainProgress.warning(warning));
      draw();
      return;
    }
    if (lines.isEmpty()) {
      width = columns.getAsInt();
      painter.start();
    }
    Line line = lines.computeIfAbsent(event.subject(), _ -> begun());
    switch (event) {
      case ProgressEvent.Started it -> {
        if (line.state != State.WORKING) {
          line.start = clock.getAsLong();
        }
        line.state = State.WORKING;
        line.verb = it.verb();
        line.detail = "";
      }
      case ProgressEvent.Advanced it -> line.detail = detail(it);
      case ProgressEvent.Done it -> end(line, State.DONE, it.verb(), "");
      case ProgressEvent.Failed it -> end(line, State.FAILED, it.verb(), "");
      case ProgressEvent.Warning _ -> {}
    }
  }

  private Line begun() {
    var line = new Line();
    line.start = clock.getAsLong();
    return line;
  }

  private void end(Line line, State state, String verb, String detail) {
    line.state = state;
    line.verb = verb;
    line.detail = detail;
    line.end = clock.getAsLong();
  }

  private static String detail(ProgressEvent.Advanced it) {
    String part = it.part().isEmpty() ? "" : it.part() + " ";
    String share =
        it.current().isPresent() && it.total().isPresent() && it.total().get() > 0
            ? " " + it.current().get() * 100 / it.total().get() + "%"
            : "";
    return part + it.message().strip() + share;
  }

  private void paint() {
    try {
      while (true) {
        synchronized (this) {
          if (closed) {
            return;
          }
          erase();
          draw();
          frame++;
        }
        Thread.sleep(FRAME_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\u001b[0J");
      drawn = 0;
    }
  }

  private void draw() {
    List<String> text = render();
    text.forEach(out::println);
    out.flush();
    drawn = text.size();
  }

  private List<String> render() {
    var text = new ArrayList<String>();
    if (lines.isEmpty()) {
      return text;
    }
    long done = lines.values().stream().filter(it -> it.state != State.WORKING).count();
    text.add("[+] Running " + done + "/" + lines.size());
    int subjects = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    int verbs = lines.values().stream().mapToInt(it -> it.verb.length()).max().orElse(0);
    lines.forEach(
        (subject, line) -> {
          long end = line.state == State.WORKING ? clock.getAsLong() : line.end;
          String time = String.format(Locale.ROOT, "%.1fs", (end - line.start) / 1e9);
          String left = subject + " ".repeat(subjects - subject.length() + 2) + line.verb;
          left += " ".repeat(verbs - line.verb.length() + 2);
          int room = Math.max(0, width - left.length() - time.length() - 6);
          String detail = line.detail;
          if (detail.length() > room) {
            detail = detail.substring(0, room);
          }
          String middle = left + detail + " ".repeat(Math.max(0, room - detail.length()));
          text.add(" " + mark(line.state) + " " + paint(line.state, middle) + " " + time + " ");
        });
    return text;
  }

  private String mark(State state) {
    return switch (state) {
      case WORKING -> SPINNER.substring(frame % SPINNER.length(), frame % SPINNER.length() + 1);
      case DONE -> "✔";
      case FAILED -> "✘";
      case WARNING -> "!";
    };
  }

  private String paint(State state, String text) {
    if (!colour) {
      return text;
    }
    return switch (state) {
      case WORKING -> text;
      case DONE -> Style.GREEN.paint(text);
      case FAILED -> Style.RED.paint(text);
      case WARNING -> Style.YELLOW.paint(text);
    };
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      erase();
      draw();
      closed = true;
      painter.interrupt();
    }
  }
}
