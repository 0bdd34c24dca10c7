package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.console.UsageWatch;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container stats`.
@Command(name = "stats", sortOptions = false)
final class ContainerStatsCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-a", "--all"},
      description = "Show all containers (default shows just running)")
  private boolean all;

  @Option(
      names = "--format",
      paramLabel = "string",
      description = {
        "Format output using a custom template:",
        "'table':            Print output in table format with column headers (default)",
        "'table TEMPLATE':   Print output in table format using the given Go template",
        "'json':             Print in JSON format",
        "'TEMPLATE':         Print output using the given Go template"
      })
  private String format = "table";

  @Option(
      names = "--no-stream",
      description = "Disable streaming stats and only pull the first result")
  private boolean once;

  @Option(names = "--no-trunc", description = "Do not truncate output")
  private boolean whole;

  @Parameters(paramLabel = "CONTAINER", arity = "0..*")
  private List<String> containers = new ArrayList<>();

  ContainerStatsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    var watch = new UsageWatch(session, format, whole);
    List<ContainerId> wanted =
        containers.stream().map(it -> References.container(session, it)).toList();
    watch.run(() -> listed(wanted), once);
    return ExitStatus.OK;
  }

  /// Those that were named are shown whether they run or not, in the order of their names.
  private List<ContainerSummary> listed(List<ContainerId> wanted) {
    List<ContainerSummary> found = session.engine().containers().list(List.of());
    if (wanted.isEmpty()) {
      return found.stream()
          .filter(
              it ->
                  all
                      || it.state() == ContainerState.RUNNING
                      || it.state() == ContainerState.PAUSED)
          .toList();
    }
    return wanted.stream().flatMap(id -> found.stream().filter(it -> it.id().equals(id))).toList();
  }
}
