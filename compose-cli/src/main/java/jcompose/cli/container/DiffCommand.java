package jcompose.cli.container;

import java.util.concurrent.Callable;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.FileChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose container diff`.
@Command(name = "diff", sortOptions = false)
final class DiffCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "CONTAINER")
  private String container = "";

  DiffCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var id = References.container(session, container);
    for (FileChange change : session.engine().containers().changes(id)) {
      String letter =
          switch (change.kind()) {
            case MODIFIED -> "C ";
            case ADDED -> "A ";
            case DELETED -> "D ";
          };
      session.invocation().output().println(letter + change.path());
    }
    return ExitStatus.OK;
  }
}
