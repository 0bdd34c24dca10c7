package jcompose.cli.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.Each;
import jcompose.cli.settings.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose volume rm`.
@Command(name = "rm", sortOptions = false)
final class RemoveVolumesCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-f", "--force"},
      description = "Force the removal of one or more volumes")
  private boolean force;

  @Parameters(paramLabel = "VOLUME", arity = "1..*")
  private List<String> volumes = new ArrayList<>();

  RemoveVolumesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Each.inTurn(
        session,
        volumes,
        it -> {
          session.engine().volumes().remove(it, force);
          return it;
        });
  }
}
