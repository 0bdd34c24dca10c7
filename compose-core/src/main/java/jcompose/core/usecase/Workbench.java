package jcompose.core.usecase;

import jcompose.core.engine.Engine;
import jcompose.core.execution.Outcomes;
import jcompose.core.execution.PlanExecutor;
import jcompose.core.observation.Observer;
import jcompose.core.planning.Plan;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.progress.ProgressListener;

/// What use cases work with.
///
/// @param parallel most engine calls at a time
public record Workbench(Engine engine, ProgressListener progress, int parallel) {
  public Observer observer() {
    return new Observer(engine);
  }

  /// Says the plan's warnings and carries it out.
  public Outcomes execute(String project, Plan plan) {
    plan.warnings().forEach(it -> progress.on(new ProgressEvent.Warning("", it)));
    return new PlanExecutor(engine, project, progress, parallel).execute(plan);
  }

  public Workbench withProgress(ProgressListener value) {
    return new Workbench(engine, value, parallel);
  }
}
