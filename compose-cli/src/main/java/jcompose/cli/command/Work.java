package jcompose.cli.command;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import jcompose.cli.output.Failures;
import jcompose.cli.output.PlanPrinter;
import jcompose.cli.output.ProgressDisplay;
import jcompose.cli.output.QuietPulls;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.conversion.IgnoredKeys;
import jcompose.core.engine.EngineException;
import jcompose.core.execution.Outcomes;
import jcompose.core.model.Project;
import jcompose.core.planning.Plan;
import jcompose.core.planning.PlanRefused;
import jcompose.core.usecase.Up;
import jcompose.core.usecase.Workbench;

/// Shows plans or carries them out, with progress, Ctrl-C and an exit code.
final class Work {
  private Work() {}

  /// Prints the plans for `--dry-run`.
  static int show(Session session, List<Plan> plans) {
    var invocation = session.invocation();
    PlanPrinter.print(plans, invocation.output(), invocation.error());
    return ExitStatus.OK;
  }

  /// Names the keys that change nothing, once each.
  static void warn(Session session, Project project) {
    IgnoredKeys.of(project).forEach(it -> session.invocation().error().println(it.render()));
  }

  /// Carries out one plan, or shows it.
  static int plan(Session session, Project project, Plan plan) {
    if (session.options().dryRun()) {
      return show(session, List.of(plan));
    }
    return run(session, false, bench -> bench.execute(project.name(), plan));
  }

  /// Does work that Ctrl-C calls off.
  ///
  /// @param quiet shows warnings and errors alone
  static int run(Session session, boolean quiet, Function<Workbench, Outcomes> work) {
    Thread worker = Thread.currentThread();
    Outcomes outcomes;
    try (var display = ProgressDisplay.of(session, quiet);
        var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      outcomes = work.apply(session.workbench(display));
    }
    return finish(session, outcomes);
  }

  /// Brings a project up, one command at a time.
  static int bringUp(Session session, Up.Request request, boolean quietPull) {
    try (var _ = session.lock(request.project())) {
      return run(session, false, bench -> new Up(QuietPulls.of(bench, quietPull)).run(request));
    }
  }

  /// Prints what failed.
  ///
  /// @return the exit code
  static int finish(Session session, Outcomes outcomes) {
    if (Thread.interrupted() || outcomes.cancelled()) {
      return ExitStatus.INTERRUPTED;
    }
    var err = session.invocation().error();
    outcomes.steps().values().stream()
        .filter(jcompose.core.execution.Outcome.Failed.class::isInstance)
        .map(jcompose.core.execution.Outcome.Failed.class::cast)
        .map(it -> it.cause() instanceof EngineException e ? Failures.sentence(e) : it.message())
        .distinct()
        .forEach(err::println);
    return outcomes.succeeded() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /// @throws PlanRefused when a service is named that the project does not have
  static Set<String> services(Project project, List<String> names) {
    for (String name : names) {
      if (!project.services().containsKey(name) && !project.disabledServices().containsKey(name)) {
        throw new PlanRefused("no such service: " + name);
      }
    }
    return Set.copyOf(names);
  }
}
