package jcompose.cli.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.Pairs;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.VolumeSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose volume create`.
@Command(name = "create", sortOptions = false)
final class CreateVolumeCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-d", "--driver"},
      paramLabel = "string",
      description = "Specify volume driver name (default \"local\")")
  private String driver = "local";

  @Option(names = "--label", paramLabel = "list", description = "Set metadata for a volume")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--name", paramLabel = "string", hidden = true, description = "As the argument")
  private String old = "";

  @Option(
      names = {"-o", "--opt"},
      paramLabel = "map",
      description = "Set driver specific options (default map[])")
  private List<String> options = new ArrayList<>();

  @Parameters(paramLabel = "VOLUME", arity = "0..1")
  private String name = "";

  CreateVolumeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!old.isEmpty() && !name.isEmpty()) {
      throw new UsageError(
          "conflicting options: either specify --name or provide positional arg, not both");
    }
    var spec =
        new VolumeSpec(name.isEmpty() ? old : name, driver, Pairs.of(options), Pairs.of(labels));
    session.invocation().output().println(session.engine().volumes().create(spec));
    return ExitStatus.OK;
  }
}
