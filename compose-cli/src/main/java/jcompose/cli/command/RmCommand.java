package jcompose.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.observation.Observer;
import jcompose.core.planning.LifecyclePlanner;
import jcompose.core.planning.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose rm`.
@Command(name = "rm", description = "Removes stopped service containers", sortOptions = false)
final class RmCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-f", "--force"},
      description = "Don't ask to confirm removal")
  private boolean force;

  @Option(
      names = {"-s", "--stop"},
      description = "Stop the containers, if required, before removing")
  private boolean stop;

  @Option(
      names = {"-v", "--volumes"},
      description = "Remove any anonymous volumes attached to containers")
  private boolean volumes;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  RmCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    var names = Work.services(project, services);
    var observed = new Observer(session.engine()).containers(project.name());
    var plan = LifecyclePlanner.remove(project, observed, names, stop, volumes);
    var invocation = session.invocation();
    if (plan.isEmpty()) {
      invocation.error().println("No stopped containers");
      return ExitStatus.OK;
    }
    if (!force && !session.options().dryRun()) {
      String containers =
          plan.steps().stream()
              .filter(it -> it.operation() instanceof Operation.RemoveContainer)
              .map(it -> ((Operation.RemoveContainer) it.operation()).target().name().value())
              .collect(Collectors.joining(", "));
      invocation.output().print("Going to remove " + containers + "\nAre you sure? [yN] ");
      invocation.output().flush();
      var answer = new Scanner(invocation.input(), StandardCharsets.UTF_8);
      if (!answer.hasNextLine() || !answer.nextLine().strip().matches("(?i)y|yes")) {
        return ExitStatus.OK;
      }
    }
    return Work.plan(session, project, plan);
  }
}
