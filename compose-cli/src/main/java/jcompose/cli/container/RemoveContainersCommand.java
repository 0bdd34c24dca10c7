package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.Each;
import jcompose.cli.object.References;
import jcompose.cli.output.Failures;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container rm`.
@Command(name = "rm", sortOptions = false)
final class RemoveContainersCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-f", "--force"},
      description = "Force the removal of a running container (uses SIGKILL)")
  private boolean force;

  @Option(
      names = {"-v", "--volumes"},
      description = "Remove anonymous volumes associated with the container")
  private boolean volumes;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*")
  private List<String> containers = new ArrayList<>();

  RemoveContainersCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Each.atOnce(session, containers, this::remove);
  }

  /// One that is not there is no failure to who forces it.
  private String remove(String container) {
    try {
      session
          .engine()
          .containers()
          .remove(References.container(session, container), force, volumes);
      return container;
    } catch (EngineException.NotFound e) {
      if (!force) {
        throw e;
      }
      session.invocation().error().println(Failures.sentence(e));
      return "";
    }
  }
}
