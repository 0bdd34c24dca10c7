package jcompose.cli.output;

import java.io.PrintStream;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.progress.ProgressListener;

/// Warnings alone.
public final class QuietProgress implements ProgressListener {
  private final PrintStream out;

  public QuietProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void on(ProgressEvent event) {
    if (event instanceof ProgressEvent.Warning warning) {
      out.println(PlainProgress.warning(warning));
    }
  }
}
