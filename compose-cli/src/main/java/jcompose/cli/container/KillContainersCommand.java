package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.Each;
import jcompose.cli.object.References;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container kill`.
@Command(name = "kill", sortOptions = false)
final class KillContainersCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-s", "--signal"},
      paramLabel = "string",
      description = "Signal to send to the container")
  private String signal = "SIGKILL";

  @Parameters(paramLabel = "CONTAINER", arity = "1..*")
  private List<String> containers = new ArrayList<>();

  KillContainersCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Each.atOnce(session, containers, this::kill);
  }

  /// The engine's sentences name what the caller named.
  private String kill(String container) {
    String prefix = "cannot kill container: ";
    ContainerId id;
    try {
      id = References.container(session, container);
    } catch (EngineException.NotFound e) {
      throw new EngineException.NotFound(prefix + container + ": " + e.getMessage());
    }
    try {
      session.engine().containers().kill(id, signal);
    } catch (EngineException.Conflict e) {
      throw new EngineException.Conflict(
          e.getMessage().replaceFirst("(?i)" + prefix + id.value(), prefix + container));
    } catch (EngineException.Invalid e) {
      throw new EngineException.Invalid(
          e.getMessage().replaceFirst("(?i)" + prefix + id.value(), prefix + container));
    }
    return container;
  }
}
