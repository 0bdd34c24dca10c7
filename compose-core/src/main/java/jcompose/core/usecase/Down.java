package jcompose.core.usecase;

import java.util.List;
import jcompose.core.execution.Outcomes;
import jcompose.core.model.Project;
import jcompose.core.planning.DownPlanner;
import jcompose.core.planning.Plan;

/// Takes a project away.
public final class Down {
  private final Workbench bench;

  public Down(Workbench bench) {
    this.bench = bench;
  }

  public Plan plan(Project project, DownPlanner.Options options) {
    var observed = bench.observer().resources(project.name());
    return DownPlanner.plan(
        project,
        observed,
        options,
        options.images() == DownPlanner.Images.NONE ? List.of() : bench.engine().images().list());
  }

  public Outcomes run(Project project, DownPlanner.Options options) {
    return bench.execute(project.name(), plan(project, options));
  }
}
