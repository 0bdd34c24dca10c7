package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.watch.Watcher;
import jcompose.core.model.Project;
import jcompose.core.planning.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose watch`.
@Command(
    name = "watch",
    description =
        "Watch build context for service and rebuild/refresh containers when files are updated",
    sortOptions = false)
final class WatchCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--no-up", description = "Do not build & start services before watching")
  private boolean noUp;

  @Option(
      names = "--prune",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Prune dangling images on rebuild; default: true")
  private boolean prune = true;

  @Option(names = "--quiet", description = "Hide build output")
  private boolean quiet;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  WatchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    Project project = Services.select(session.project(), services, false);
    var rebuild = new Rebuild(session, project, prune, quiet);
    var watcher = new Watcher(session, project, Set.copyOf(services), rebuild::one);
    if (session.options().dryRun()) {
      session.invocation().output().println("watch " + String.join(" ", watcher.services()));
      return ExitStatus.OK;
    }
    if (!noUp) {
      int status = rebuild.all();
      if (status != ExitStatus.OK) {
        return status;
      }
    }
    Thread worker = Thread.currentThread();
    try (var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      watcher.run();
    }
    return ExitStatus.OK;
  }
}
