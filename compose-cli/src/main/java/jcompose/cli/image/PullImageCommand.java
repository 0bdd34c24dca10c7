package jcompose.cli.image;

import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ImageReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose image pull`.
@Command(name = "pull", sortOptions = false)
final class PullImageCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--platform",
      paramLabel = "string",
      description = "Set platform if server is multi-platform capable")
  private @Nullable String platform;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress verbose output")
  private boolean quiet;

  @Parameters(paramLabel = "NAME")
  private String name = "";

  PullImageCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ImageReference reference = Transfers.tagged(session, name, quiet);
    Thread worker = Thread.currentThread();
    try (var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      session
          .engine()
          .images()
          .pull(reference, Optional.ofNullable(platform), Transfers.shown(session, quiet));
    }
    session.invocation().output().println(reference);
    return ExitStatus.OK;
  }
}
