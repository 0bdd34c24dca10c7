package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.core.observation.Observer;
import jcompose.core.planning.LifecyclePlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose kill`.
@Command(name = "kill", description = "Force stop service containers", sortOptions = false)
final class KillCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-s", "--signal"},
      paramLabel = "SIGNAL",
      defaultValue = "SIGKILL",
      description = "SIGNAL to send to the container (default: SIGKILL)")
  private String signal = "SIGKILL";

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  KillCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    var names = Work.services(project, services);
    var observed = new Observer(session.engine()).containers(project.name());
    return Work.plan(session, project, LifecyclePlanner.kill(project, observed, names, signal));
  }
}
