package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.Each;
import jcompose.cli.object.References;
import jcompose.cli.settings.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose container wait`.
@Command(name = "wait", sortOptions = false)
final class WaitForContainersCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*")
  private List<String> containers = new ArrayList<>();

  WaitForContainersCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Each.atOnce(
        session,
        containers,
        it -> {
          var id = References.container(session, it);
          return session.engine().containers().waitForExit(id).toString();
        });
  }
}
