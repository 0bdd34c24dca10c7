package jcompose.core.usecase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jcompose.core.conversion.Names;
import jcompose.core.execution.Outcomes;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.planning.ImagePlanner;
import jcompose.core.planning.ObservedState;
import jcompose.core.planning.Plan;
import jcompose.core.planning.PlanRefused;
import jcompose.core.planning.Reconciler;
import jcompose.core.planning.UpOptions;
import jcompose.core.resource.ImageDetails;

/// Brings a project to what its files say: images first, then all else.
public final class Up {
  private final Workbench bench;

  public Up(Workbench bench) {
    this.bench = bench;
  }

  /// What is to be brought up.
  ///
  /// @param project with the services that take part enabled
  public record Request(Project project, ImagePlanner.Options images, UpOptions options) {}

  /// What would be done, and nothing done: the plan of images, and that of the rest as far as it is
  /// known before they are there.
  public List<Plan> plan(Request request) {
    ObservedState observed = bench.observer().observe(request.project());
    var plans = new ArrayList<Plan>();
    plans.add(ImagePlanner.plan(request.project(), observed, request.images()));
    plans.add(Reconciler.plan(request.project(), observed, request.options()));
    return plans;
  }

  /// @throws PlanRefused when the project cannot be reached; nothing has been changed then but
  ///   images
  public Outcomes run(Request request) {
    Project project = request.project();
    ObservedState observed = bench.observer().observe(project);
    // what can be refused is refused before images are fetched
    Plan first = Reconciler.plan(project, observed, request.options());
    new PortCheck(bench.engine()).check(first);
    Plan images = ImagePlanner.plan(project, observed, request.images());
    if (images.isEmpty()) {
      refuseMissingImages(project, observed.images());
      return bench.execute(project.name(), first);
    }
    ImagePlanner.Options next = request.images();
    while (!images.isEmpty()) {
      Outcomes outcomes = bench.execute(project.name(), images);
      if (!outcomes.succeeded()) {
        return outcomes;
      }
      observed = observed.withImages(bench.observer().images(project));
      next = next.afterPulls();
      Plan again = ImagePlanner.plan(project, observed, next);
      images = again.equals(images) ? new Plan(List.of(), List.of(), List.of()) : again;
    }
    refuseMissingImages(project, observed.images());
    return bench.execute(project.name(), Reconciler.plan(project, observed, request.options()));
  }

  private static void refuseMissingImages(Project project, Map<String, ImageDetails> images) {
    for (Service service : project.services().values()) {
      String image = Names.image(project, service);
      if (!images.containsKey(image)) {
        throw new PlanRefused("No such image: " + image + " (service \"" + service.name() + "\")");
      }
    }
  }
}
