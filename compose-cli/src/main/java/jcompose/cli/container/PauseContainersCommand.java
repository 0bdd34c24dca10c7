package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.Each;
import jcompose.cli.object.References;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ContainerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose container pause` and `unpause`.
@Command(name = "pause", sortOptions = false)
final class PauseContainersCommand implements Callable<Integer> {
  private final Session session;
  private final boolean pause;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*")
  private List<String> containers = new ArrayList<>();

  PauseContainersCommand(Session session, boolean pause) {
    this.session = session;
    this.pause = pause;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Each.atOnce(
        session,
        containers,
        it -> {
          ContainerId id = References.container(session, it);
          if (pause) {
            session.engine().containers().pause(id);
          } else {
            session.engine().containers().unpause(id);
          }
          return it;
        });
  }
}
