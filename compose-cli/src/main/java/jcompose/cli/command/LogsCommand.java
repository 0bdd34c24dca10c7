package jcompose.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.LogFlags;
import jcompose.cli.output.LogPrinter;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.model.Service;
import jcompose.core.observation.Observer;
import jcompose.core.planning.Replica;
import jcompose.core.usecase.LogFollower;
import jcompose.core.usecase.Logs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose logs`.
@Command(name = "logs", description = "View output from containers", sortOptions = false)
final class LogsCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final LogFlags flags = new LogFlags();

  @Option(names = "--no-color", description = "Produce monochrome output")
  private boolean noColour;

  @Option(names = "--no-log-prefix", description = "Don't print prefix in logs")
  private boolean noPrefix;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Index of the container if service has multiple replicas")
  private int index;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  LogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    ReconcileOptions.refuse(
        index > 0 && services.size() != 1, "--index requires one service to be selected");
    var known = session.knownProject();
    var project = known.project();
    Work.services(project, services);
    var request = flags.request();
    List<Replica> replicas =
        new Observer(session.engine())
            .containers(project.name()).replicas().stream()
                .filter(it -> !it.oneOff() && shown(project.services().get(it.service()), it))
                .sorted(Comparator.comparing(Replica::service).thenComparingInt(Replica::number))
                .toList();
    var invocation = session.invocation();
    boolean colour =
        !noColour
            && session.options().colour(invocation.environment(), invocation.terminal().output());
    var printer =
        new LogPrinter(invocation.output(), invocation.error(), colour, !noPrefix, () -> "");
    if (!flags.follow()) {
      new Logs(session.engine()).read(replicas, request, printer);
      return ExitStatus.OK;
    }
    Thread worker = Thread.currentThread();
    try (var follower =
            new LogFollower(
                session.engine(),
                project.name(),
                request,
                it -> index == 0 && (services.isEmpty() || services.contains(it)),
                printer,
                (_, _) -> {});
        var _ = invocation.interrupts().handle(worker::interrupt)) {
      replicas.forEach(it -> printer.announce(Logs.source(it)));
      replicas.forEach(it -> follower.attach(it, false));
      follower.awaitEnd();
      return ExitStatus.OK;
    }
  }

  /// A service with `attach: false` is shown only when it is named.
  private boolean shown(@Nullable Service service, Replica replica) {
    if (index > 0 && replica.number() != index) {
      return false;
    }
    return services.isEmpty()
        ? service == null || service.attach()
        : services.contains(replica.service());
  }
}
