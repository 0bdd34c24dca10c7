package jcompose.cli.output;

import jcompose.core.progress.ProgressEvent;
import jcompose.core.usecase.Workbench;

/// `--quiet-pull`: pulls are announced, their layers are not.
public final class QuietPulls {
  private QuietPulls() {}

  public static Workbench of(Workbench bench, boolean quiet) {
    if (!quiet) {
      return bench;
    }
    var all = bench.progress();
    return bench.withProgress(
        event -> {
          boolean layer =
              event instanceof ProgressEvent.Advanced it
                  && (!it.part().isEmpty() || it.total().isPresent());
          if (!layer) {
            all.on(event);
          }
        });
  }
}
