package jcompose.cli.image;

import java.io.PrintStream;
import jcompose.cli.object.References;
import jcompose.cli.output.TransferLines;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageReference;

/// What pulls, pushes and loads have in common.
public final class Transfers {
  private Transfers() {}

  /// Shows progress on standard output.
  static TransferListener shown(Session session, boolean quiet) {
    Invocation invocation = session.invocation();
    return lines(invocation, quiet, invocation.output(), invocation.terminal().output());
  }

  /// Shows it on standard error, where standard output has something else to say.
  public static TransferListener asides(Session session, boolean quiet) {
    Invocation invocation = session.invocation();
    return lines(invocation, quiet, invocation.error(), invocation.terminal().error());
  }

  private static TransferListener lines(
      Invocation invocation, boolean quiet, PrintStream out, boolean terminal) {
    return quiet
        ? TransferListener.SILENT
        : new TransferLines(out, terminal, () -> invocation.terminal().control().size().columns());
  }

  /// A reference where a tag is needed; the one that goes without saying is named.
  static ImageReference tagged(Session session, String text, boolean quiet) {
    ImageReference reference = References.image(text);
    boolean named = text.indexOf('@') >= 0 || text.lastIndexOf(':') > text.lastIndexOf('/');
    if (!named && !quiet) {
      session.invocation().output().println("Using default tag: latest");
    }
    return reference;
  }

  /// Does one that Ctrl-C calls off.
  ///
  /// @return the exit code
  static int run(Session session, Runnable transfer) {
    Thread worker = Thread.currentThread();
    try (var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      transfer.run();
      return ExitStatus.OK;
    } catch (EngineException.Failed e) {
      // told in the midst of the engine's answer, which docker prints as it is
      session.invocation().error().println(e.getMessage());
      return ExitStatus.FAILED;
    }
  }
}
