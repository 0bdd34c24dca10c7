package jcompose.cli.container;

import java.util.concurrent.Callable;
import jcompose.cli.object.References;
import jcompose.cli.output.Failures;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose container rename`.
@Command(name = "rename", sortOptions = false)
final class RenameCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "CONTAINER")
  private String container = "";

  @Parameters(index = "1", paramLabel = "NEW_NAME")
  private String name = "";

  RenameCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String why;
    try {
      session
          .engine()
          .containers()
          .rename(References.container(session, container), new ContainerName(name));
      return ExitStatus.OK;
    } catch (EngineException.Unavailable e) {
      throw e;
    } catch (EngineException e) {
      why = Failures.sentence(e);
    } catch (IllegalArgumentException e) {
      why = String.valueOf(e.getMessage());
    }
    session.invocation().error().println(why);
    session.invocation().error().println("Error: failed to rename container named " + container);
    return ExitStatus.FAILED;
  }
}
