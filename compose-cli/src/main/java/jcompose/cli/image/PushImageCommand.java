package jcompose.cli.image;

import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ImageReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose image push`.
@Command(name = "push", sortOptions = false)
final class PushImageCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress verbose output")
  private boolean quiet;

  @Parameters(paramLabel = "NAME")
  private String name = "";

  PushImageCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ImageReference reference = Transfers.tagged(session, name, quiet);
    return Transfers.run(
        session,
        () -> {
          session.engine().images().push(reference, Transfers.shown(session, quiet));
          if (quiet) {
            session.invocation().output().println(reference);
          }
        });
  }
}
