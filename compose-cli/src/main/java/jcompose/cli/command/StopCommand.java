package jcompose.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.core.observation.Observer;
import jcompose.core.planning.LifecyclePlanner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose stop`.
@Command(name = "stop", description = "Stop services", sortOptions = false)
final class StopCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      description = "Shutdown timeout in seconds")
  private @Nullable Integer timeout;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  StopCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    var names = Work.services(project, services);
    var observed = new Observer(session.engine()).containers(project.name());
    return Work.plan(
        session,
        project,
        LifecyclePlanner.stop(
            project, observed, names, Optional.ofNullable(timeout).map(Duration::ofSeconds)));
  }
}
