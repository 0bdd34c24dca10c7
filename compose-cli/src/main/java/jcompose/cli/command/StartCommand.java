package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.core.observation.Observer;
import jcompose.core.planning.LifecyclePlanner;
import jcompose.core.planning.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose start`.
@Command(name = "start", description = "Start services", sortOptions = false)
final class StartCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--wait", description = "Wait for services to be running|healthy")
  private boolean await;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  StartCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var whole = session.knownProject().project();
    var project = Services.select(whole, services, false);
    var observed = new Observer(session.engine()).containers(project.name());
    return Work.plan(session, project, LifecyclePlanner.start(project, observed, await));
  }
}
