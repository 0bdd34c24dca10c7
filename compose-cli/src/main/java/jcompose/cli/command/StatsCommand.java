package jcompose.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import jcompose.cli.output.RowFormat;
import jcompose.cli.output.RowTemplate;
import jcompose.cli.output.UsageRows;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Project;
import jcompose.core.observation.Observer;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerUsage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose stats`.
@Command(
    name = "stats",
    description = "Display a live stream of container(s) resource usage statistics",
    sortOptions = false)
final class StatsCommand implements Callable<Integer> {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final String FROM_THE_TOP = "\u001b[2J\u001b[H";

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
    var printed = new RowFormat(format, UsageRows.TABLE, UsageRows.TITLES);
    Project project = session.knownProject().project();
    if (!service.isEmpty()) {
      Work.services(project, List.of(service));
    }
    var out = session.invocation().output();
    boolean terminal = session.invocation().terminal().output();
    Thread worker = Thread.currentThread();
    try (var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      List<Replica> replicas = replicas(project);
      Map<ContainerId, ContainerUsage> before = usages(replicas);
      do {
        Thread.sleep(PERIOD);
        replicas = replicas(project);
        Map<ContainerId, ContainerUsage> now = usages(replicas);
        if (terminal && !once) {
          out.print(FROM_THE_TOP);
        }
        printed.print(rows(replicas, before, now), UsageRows.NAMES, out);
        out.flush();
        before = now;
      } while (!once);
    }
    return ExitStatus.OK;
  }

  private List<Replica> replicas(Project project) {
    return new Observer(session.engine())
        .containers(project.name()).replicas().stream()
            .filter(it -> all || it.running())
            .filter(it -> service.isEmpty() || service.equals(it.service()))
            .sorted(Comparator.comparing(it -> it.summary().name().value()))
            .toList();
  }

  private Map<ContainerId, ContainerUsage> usages(List<Replica> replicas) {
    var usages = new ConcurrentHashMap<ContainerId, ContainerUsage>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Replica replica : replicas) {
        threads.execute(() -> usage(replica).ifPresent(it -> usages.put(replica.id(), it)));
      }
    }
    return new HashMap<>(usages);
  }

  private Optional<ContainerUsage> usage(Replica replica) {
    try {
      return replica.running()
          ? Optional.of(session.engine().containers().usage(replica.id()))
          : Optional.empty();
    } catch (EngineException.NotFound e) {
      return Optional.empty(); // it was removed since it was listed
    }
  }

  private List<RowTemplate.Row> rows(
      List<Replica> replicas,
      Map<ContainerId, ContainerUsage> before,
      Map<ContainerId, ContainerUsage> now) {
    var rows = new ArrayList<RowTemplate.Row>();
    for (Replica replica : replicas) {
      rows.add(
          UsageRows.of(
              replica.summary(),
              Optional.ofNullable(before.get(replica.id())),
              Optional.ofNullable(now.get(replica.id()))
                  .filter(it -> !it.equals(ContainerUsage.NONE)),
              !whole));
    }
    return rows;
  }
}
