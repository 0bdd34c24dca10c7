package jcompose.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.planning.DownPlanner;
import jcompose.core.usecase.Down;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose down`.
@Command(name = "down", description = "Stop and remove containers, networks", sortOptions = false)
final class DownCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--remove-orphans",
      description = "Remove containers for services not defined in the Compose file")
  private boolean removeOrphans;

  @Option(
      names = "--rmi",
      paramLabel = "WHICH",
      description =
          "Remove images used by services; \"local\" removes only those that were built, \"all\""
              + " also the others")
  private @Nullable String images;

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      description = "Shutdown timeout in seconds")
  private @Nullable Integer timeout;

  @Option(
      names = {"-v", "--volumes"},
      description =
          "Remove named volumes declared in the \"volumes\" section and anonymous volumes attached"
              + " to containers")
  private boolean volumes;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  DownCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    DownPlanner.Images which =
        switch (images) {
          case null -> DownPlanner.Images.NONE;
          case "local" -> DownPlanner.Images.LOCAL;
          case "all" -> DownPlanner.Images.ALL;
          default ->
              throw new UsageError("invalid value for --rmi: \"" + images + "\": use local or all");
        };
    var known = session.knownProject();
    if (!known.fromLabels()) {
      Work.services(known.project(), services);
    }
    boolean orphans =
        removeOrphans
            || Boolean.parseBoolean(
                session.invocation().environment().get("COMPOSE_REMOVE_ORPHANS"));
    var options =
        new DownPlanner.Options(
            java.util.Set.copyOf(services),
            known.fromLabels(),
            orphans,
            volumes,
            which,
            Optional.ofNullable(timeout).map(Duration::ofSeconds));
    if (session.options().dryRun()) {
      return Work.show(
          session, List.of(new Down(session.workbench(_ -> {})).plan(known.project(), options)));
    }
    return Work.run(session, false, bench -> new Down(bench).run(known.project(), options));
  }
}
