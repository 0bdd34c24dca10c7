package jcompose.cli.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.Each;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose network rm`.
@Command(name = "rm", sortOptions = false)
final class RemoveNetworksCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-f", "--force"},
      description = "Do not error if the network does not exist")
  private boolean force;

  @Parameters(paramLabel = "NETWORK", arity = "1..*")
  private List<String> networks = new ArrayList<>();

  RemoveNetworksCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Each.inTurn(session, networks, this::remove);
  }

  private String remove(String network) {
    try {
      session.engine().networks().remove(network);
      return network;
    } catch (EngineException.NotFound e) {
      if (force) {
        return "";
      }
      throw e;
    }
  }
}
