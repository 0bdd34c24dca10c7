package jcompose.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.core.model.Project;
import jcompose.core.planning.ImagePlanner;
import jcompose.core.planning.Services;
import jcompose.core.planning.UpOptions;
import jcompose.core.usecase.Up;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose scale`.
@Command(name = "scale", description = "Scale services", sortOptions = false)
final class ScaleCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--no-deps", description = "Don't start linked services")
  private boolean noDependencies;

  @Parameters(
      paramLabel = "SERVICE=REPLICAS",
      arity = "1..*",
      description = "Services and how many containers each should have")
  private Map<String, Integer> scale = new LinkedHashMap<>();

  ScaleCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Project whole = session.project();
    Project project = Services.select(whole, List.copyOf(scale.keySet()), noDependencies);
    scale.forEach(
        (name, count) ->
            ReconcileOptions.refuse(
                count < 0, "cannot scale " + name + " to " + count + " replicas"));
    var options =
        new UpOptions(
            project.services().keySet(),
            UpOptions.Recreate.CHANGED,
            UpOptions.Recreate.CHANGED,
            scale,
            false,
            false,
            Optional.empty(),
            true,
            false,
            Optional.empty());
    var request = new Up.Request(project, ImagePlanner.Options.DEFAULT, options);
    if (session.options().dryRun()) {
      return Work.show(session, new Up(session.workbench(_ -> {})).plan(request));
    }
    return Work.bringUp(session, request, false);
  }
}
