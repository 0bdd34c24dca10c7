package jcompose.cli.output;

import java.io.PrintStream;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.progress.ProgressListener;

/// One line an event, for files and CI: ` Container shop-web-1 Started`.
public final class PlainProgress implements ProgressListener {
  private final PrintStream out;

  public PlainProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void on(ProgressEvent event) {
    switch (event) {
      case ProgressEvent.Started it -> out.println(" " + it.subject() + "  " + it.verb());
      case ProgressEvent.Done it -> out.println(" " + it.subject() + "  " + it.verb());
      case ProgressEvent.Failed it -> out.println(" " + it.subject() + "  " + it.verb());
      case ProgressEvent.Advanced it -> {
        // lines of a build are worth keeping; ticks of a download are not
        if (it.current().isEmpty() && it.part().isEmpty() && !it.message().isBlank()) {
          out.println(" " + it.subject() + "  " + it.message().stripTrailing());
        }
      }
      case ProgressEvent.Warning it -> out.println(warning(it));
    }
  }

  static String warning(ProgressEvent.Warning it) {
    return "WARN " + (it.subject().isEmpty() ? "" : it.subject() + ": ") + it.message();
  }
}
