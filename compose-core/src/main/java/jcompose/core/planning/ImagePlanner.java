package jcompose.core.planning;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.core.conversion.BuildConversion;
import jcompose.core.conversion.Names;
import jcompose.core.model.Project;
import jcompose.core.model.PullPolicy;
import jcompose.core.model.Service;
import jcompose.core.resource.ImageReference;

/// What has to be pulled and built before containers can be created. Images come first and alone:
/// what containers have to be replaced depends on what they turn out to be, and a missing one must
/// fail before anything is created.
public final class ImagePlanner {
  private ImagePlanner() {}

  /// What the command line asks for.
  ///
  /// @param pull wins over the files' `pull_policy`
  /// @param pullsTried pulls have been made: what is missing now is built if it can be
  public record Options(
      Building building, Optional<PullPolicy> pull, boolean pullsTried, boolean noCache) {
    public static final Options DEFAULT =
        new Options(Building.WHEN_MISSING, Optional.empty(), false, false);

    public Options afterPulls() {
      return new Options(building, pull, true, noCache);
    }
  }

  /// When images are built.
  public enum Building {
    WHEN_MISSING,
    ALWAYS,
    NEVER
  }

  /// Operations for the images of all enabled services.
  ///
  /// @throws PlanRefused when an image is missing and may not be fetched
  public static Plan plan(Project project, ObservedState observed, Options options) {
    var plan = new Plan.Builder();
    Set<String> planned = new HashSet<>();
    for (Service service : project.services().values()) {
      if (service.provider().isEmpty() && planned.add(Names.image(project, service))) {
        decide(project, service, observed, options)
            .ifPresent(operation -> plan.add(operation, List.of()));
      }
    }
    return plan.build();
  }

  /// Builds of all enabled services that have one.
  public static Plan builds(Project project, boolean noCache, boolean pull) {
    var plan = new Plan.Builder();
    Set<String> planned = new HashSet<>();
    for (Service service : project.services().values()) {
      if (service.build().isPresent() && planned.add(Names.image(project, service))) {
        plan.add(
            new Operation.BuildImage(
                Names.image(project, service),
                BuildConversion.build(project, service, noCache, pull),
                new Reason("build was asked for")),
            List.of());
      }
    }
    return plan.build();
  }

  /// Pulls of the images of all enabled services that name one.
  ///
  /// @param present images that need no pull
  /// @param withoutBuildable leaves out what can be built
  /// @param mayFail failures are only warned of
  public static Plan pulls(
      Project project, Set<String> present, boolean withoutBuildable, boolean mayFail) {
    var plan = new Plan.Builder();
    Set<String> planned = new HashSet<>(present);
    for (Service service : project.services().values()) {
      boolean buildable = service.build().isPresent();
      if (service.image().isPresent()
          && !(service.pullPolicy().orElse(null) instanceof PullPolicy.Never)
          && !(buildable && withoutBuildable)
          && planned.add(Names.image(project, service))) {
        plan.add(
            pull(
                service, Names.image(project, service), "pull was asked for", mayFail || buildable),
            List.of());
      }
    }
    return plan.build();
  }

  private static Optional<Operation> decide(
      Project project, Service service, ObservedState observed, Options options) {
    String image = Names.image(project, service);
    boolean present = observed.images().containsKey(image);
    PullPolicy policy = options.pull().or(service::pullPolicy).orElseGet(PullPolicy.Missing::new);
    boolean buildable = service.build().isPresent() && options.building() != Building.NEVER;
    if (buildable
        && (options.building() == Building.ALWAYS || policy instanceof PullPolicy.Build)) {
      String why =
          options.building() == Building.ALWAYS ? "build was asked for" : "pull_policy is build";
      return options.pullsTried()
          ? Optional.empty()
          : Optional.of(build(project, service, options, why));
    }
    if (options.pullsTried()) {
      return present || !buildable
          ? Optional.empty()
          : Optional.of(build(project, service, options, "image is missing"));
    }
    boolean pullable =
        service.image().isPresent() && !(buildable && isOfficial(service.image().get()));
    return switch (policy) {
      case PullPolicy.Always _ when pullable ->
          Optional.of(pull(service, image, "always pulled", present || buildable));
      case PullPolicy.Every _ when pullable ->
          Optional.of(pull(service, image, "may be outdated", present || buildable));
      case PullPolicy.Never _ when !present && !buildable ->
          throw new PlanRefused(
              "No such image: " + image + " (service \"" + service.name() + "\" must not pull it)");
      case PullPolicy.Never _ when !present ->
          Optional.of(build(project, service, options, "image is missing"));
      case PullPolicy _ when present -> Optional.empty();
      case PullPolicy _ when pullable ->
          Optional.of(pull(service, image, "image is missing", buildable));
      case PullPolicy _ when buildable ->
          Optional.of(build(project, service, options, "image is missing"));
      case PullPolicy _ ->
          throw new PlanRefused(
              "No such image: "
                  + image
                  + " (service \""
                  + service.name()
                  + "\" must not be built)");
    };
  }

  /// Names such as `app` would be looked for among Docker Hub's official images; who builds an
  /// image of that name does not mean one of those.
  private static boolean isOfficial(String image) {
    return !image.contains("/");
  }

  private static Operation pull(Service service, String image, String why, boolean mayBeMissing) {
    try {
      return new Operation.PullImage(
          ImageReference.parse(image), service.platform(), mayBeMissing, new Reason(why));
    } catch (IllegalArgumentException e) {
      throw new PlanRefused("service \"" + service.name() + "\": " + e.getMessage());
    }
  }

  private static Operation build(Project project, Service service, Options options, String why) {
    boolean pull = options.pull().filter(PullPolicy.Always.class::isInstance).isPresent();
    return new Operation.BuildImage(
        Names.image(project, service),
        BuildConversion.build(project, service, options.noCache(), pull),
        new Reason(why));
  }
}
