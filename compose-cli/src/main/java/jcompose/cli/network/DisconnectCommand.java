package jcompose.cli.network;

import java.util.concurrent.Callable;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose network disconnect`.
@Command(name = "disconnect", sortOptions = false)
final class DisconnectCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-f", "--force"},
      description = "Force the container to disconnect from a network")
  private boolean force;

  @Parameters(index = "0", paramLabel = "NETWORK")
  private String network = "";

  @Parameters(index = "1", paramLabel = "CONTAINER")
  private String container = "";

  DisconnectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session
        .engine()
        .containers()
        .disconnect(References.container(session, container), network, force);
    return ExitStatus.OK;
  }
}
