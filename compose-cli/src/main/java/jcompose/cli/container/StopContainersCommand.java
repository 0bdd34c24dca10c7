package jcompose.cli.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.Each;
import jcompose.cli.object.References;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ContainerId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container stop` and `restart`.
@Command(name = "stop", sortOptions = false)
final class StopContainersCommand implements Callable<Integer> {
  private final Session session;
  private final boolean again;

  @Option(
      names = {"-s", "--signal"},
      paramLabel = "string",
      description = "Signal to send to the container")
  private @Nullable String signal;

  @Option(
      names = {"-t", "--time", "--timeout"},
      paramLabel = "int",
      description = "Seconds to wait before killing the container")
  private @Nullable Integer seconds;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*")
  private List<String> containers = new ArrayList<>();

  /// @param again starts them, too
  StopContainersCommand(Session session, boolean again) {
    this.session = session;
    this.again = again;
  }

  @Override
  public Integer call() throws InterruptedException {
    var wanted = Optional.ofNullable(signal);
    var grace = Optional.ofNullable(seconds).map(Duration::ofSeconds);
    return Each.atOnce(
        session,
        containers,
        it -> {
          ContainerId id = References.container(session, it);
          if (again) {
            session.engine().containers().restart(id, wanted, grace);
          } else {
            session.engine().containers().stop(id, wanted, grace);
          }
          return it;
        });
  }
}
