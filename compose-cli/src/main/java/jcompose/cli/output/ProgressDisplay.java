package jcompose.cli.output;

import jcompose.cli.settings.GlobalOptions.ProgressStyle;
import jcompose.cli.settings.Session;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.progress.ProgressListener;

/// Progress in the style that the options ask for, until it is closed; then as plain warnings.
public final class ProgressDisplay implements ProgressListener, AutoCloseable {
  private final ProgressListener renderer;

  private ProgressDisplay(ProgressListener renderer) {
    this.renderer = renderer;
  }

  public static ProgressDisplay of(Session session) {
    return of(session, false);
  }

  /// @param quiet shows warnings alone
  public static ProgressDisplay of(Session session, boolean quiet) {
    var invocation = session.invocation();
    var environment = invocation.environment();
    boolean terminal = invocation.terminal().error();
    var err = invocation.error();
    ProgressStyle style =
        quiet ? ProgressStyle.QUIET : session.options().progress(environment, terminal);
    return new ProgressDisplay(
        switch (style) {
          case TTY ->
              new TerminalProgress(
                  err,
                  session.options().colour(environment, terminal),
                  () -> invocation.terminal().control().size().columns(),
                  System::nanoTime);
          case PLAIN -> new PlainProgress(err);
          case QUIET -> new QuietProgress(err);
        });
  }

  @Override
  public void on(ProgressEvent event) {
    renderer.on(event);
  }

  @Override
  public void close() {
    if (renderer instanceof TerminalProgress terminal) {
      terminal.close();
    }
  }
}
