package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.References;
import jcompose.cli.output.Columns;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ProcessList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose container top`.
@Command(name = "top", sortOptions = false)
final class ContainerTopCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "CONTAINER")
  private String container = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "ps OPTIONS")
  private List<String> options = new ArrayList<>();

  ContainerTopCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ProcessList processes =
        session.engine().containers().processes(References.container(session, container), options);
    var table = new Columns(20, 3);
    table.row(processes.titles());
    processes.rows().forEach(table::row);
    table.print(session.invocation().output());
    return ExitStatus.OK;
  }
}
