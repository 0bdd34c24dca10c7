package jcompose.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.output.ProcessTable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.observation.Observer;
import jcompose.core.planning.Replica;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose top`.
@Command(name = "top", description = "Display the running processes", sortOptions = false)
final class TopCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  TopCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    Work.services(project, services);
    var table = new ProcessTable();
    for (Replica replica :
        new Observer(session.engine())
            .containers(project.name()).replicas().stream()
                .filter(Replica::running)
                .filter(it -> services.isEmpty() || services.contains(it.service()))
                .sorted(Comparator.comparing(it -> it.summary().name().value()))
                .toList()) {
      try {
        table.add(
            replica.service(),
            replica.number(),
            session.engine().containers().processes(replica.id()));
      } catch (EngineException.Conflict | EngineException.NotFound e) {
        // it ended since it was listed
      }
    }
    table.print(session.invocation().output());
    return ExitStatus.OK;
  }
}
