package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.core.observation.Observer;
import jcompose.core.planning.ImagePlanner;
import jcompose.core.planning.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose pull`.
@Command(name = "pull", description = "Pull service images", sortOptions = false)
final class PullCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--ignore-buildable", description = "Ignore images that can be built")
  private boolean ignoreBuildable;

  @Option(
      names = "--ignore-pull-failures",
      description = "Pull what it can and ignores images with pull failures")
  private boolean ignoreFailures;

  @Option(names = "--include-deps", description = "Also pull services declared as dependencies")
  private boolean dependencies;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "always",
      description = "Apply pull policy: missing or always")
  private String policy = "always";

  @Option(
      names = {"-q", "--quiet"},
      description = "Pull without printing progress information")
  private boolean quiet;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  PullCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ReconcileOptions.refuse(
        !policy.equals("missing") && !policy.equals("always"),
        "--policy must be missing or always");
    var project = Services.select(session.project(), services, !dependencies);
    var present =
        policy.equals("missing")
            ? new Observer(session.engine()).images(project).keySet()
            : Set.<String>of();
    var plan = ImagePlanner.pulls(project, present, ignoreBuildable, ignoreFailures);
    if (session.options().dryRun()) {
      return Work.show(session, List.of(plan));
    }
    return Work.run(session, quiet, bench -> bench.execute(project.name(), plan));
  }
}
