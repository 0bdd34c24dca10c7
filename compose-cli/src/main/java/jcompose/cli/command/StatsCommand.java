package jcompose.cli.command;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.console.UsageWatch;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.model.Project;
import jcompose.core.observation.Observer;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ContainerSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose stats`.
@Command(
    name = "stats",
    description = "Display a live stream of container(s) resource usage statistics",
    sortOptions = false)
final class StatsCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-a", "--all"},
      description = "Show all containers (default shows just running)")
  private boolean all;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, 'table TEMPLATE', json, or a Go template (default: table)")
  private String format = "table";

  @Option(
      names = "--no-stream",
      description = "Disable streaming stats and only pull the first result")
  private boolean once;

  @Option(names = "--no-trunc", description = "Do not truncate output")
  private boolean whole;

  @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "A service; all when none")
  private String service = "";

  StatsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    var watch = new UsageWatch(session, format, whole);
    Project project = session.knownProject().project();
    if (!service.isEmpty()) {
      Work.services(project, List.of(service));
    }
    watch.run(() -> containers(project), once);
    return ExitStatus.OK;
  }

  private List<ContainerSummary> containers(Project project) {
    return new Observer(session.engine())
        .containers(project.name()).replicas().stream()
            .filter(it -> all || it.running())
            .filter(it -> service.isEmpty() || service.equals(it.service()))
            .map(Replica::summary)
            .sorted(Comparator.comparing(it -> it.name().value()))
            .toList();
  }
}
