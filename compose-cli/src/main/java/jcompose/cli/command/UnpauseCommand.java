package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.core.observation.Observer;
import jcompose.core.planning.LifecyclePlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose unpause`.
@Command(name = "unpause", description = "Unpause services", sortOptions = false)
final class UnpauseCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  UnpauseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    var names = Work.services(project, services);
    var observed = new Observer(session.engine()).containers(project.name());
    return Work.plan(session, project, LifecyclePlanner.unpause(project, observed, names));
  }
}
