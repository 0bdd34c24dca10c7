package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.planning.ImagePlanner;
import jcompose.core.planning.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose build`.
@Command(name = "build", description = "Build or rebuild services", sortOptions = false)
final class BuildCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--no-cache", description = "Do not use cache when building the image")
  private boolean noCache;

  @Option(names = "--pull", description = "Always attempt to pull a newer version of the image")
  private boolean pull;

  @Option(
      names = {"-q", "--quiet"},
      description = "Don't print anything to STDOUT")
  private boolean quiet;

  @Option(names = "--with-dependencies", description = "Also build dependencies (transitively)")
  private boolean dependencies;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  BuildCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = Services.select(session.project(), services, !dependencies);
    var plan = ImagePlanner.builds(project, noCache, pull);
    if (plan.isEmpty()) {
      session.invocation().error().println("No services to build");
      return ExitStatus.OK;
    }
    if (session.options().dryRun()) {
      return Work.show(session, List.of(plan));
    }
    return Work.run(session, quiet, bench -> bench.execute(project.name(), plan));
  }
}
