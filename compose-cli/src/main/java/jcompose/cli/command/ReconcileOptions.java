package jcompose.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.cli.settings.UsageError;
import jcompose.core.model.Project;
import jcompose.core.model.PullPolicy;
import jcompose.core.planning.ImagePlanner;
import jcompose.core.planning.Services;
import jcompose.core.planning.UpOptions;
import jcompose.core.planning.UpOptions.Recreate;
import jcompose.core.usecase.Up;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Flags of `up` and `create` that say what is built, pulled, created and replaced.
final class ReconcileOptions {
  @Option(names = "--build", description = "Build images before starting containers")
  private boolean build;

  @Option(names = "--no-build", description = "Don't build an image, even if it's policy")
  private boolean noBuild;

  @Option(
      names = "--pull",
      paramLabel = "POLICY",
      description = "Pull images before running: always, missing or never")
  private @Nullable String pull;

  @Option(names = "--quiet-pull", description = "Pull without printing progress information")
  private boolean quietPull;

  @Option(
      names = "--force-recreate",
      description = "Recreate containers even if their configuration and image haven't changed")
  private boolean forceRecreate;

  @Option(names = "--no-recreate", description = "If containers already exist, don't recreate them")
  private boolean noRecreate;

  @Option(
      names = "--remove-orphans",
      description = "Remove containers for services not defined in the Compose file")
  private boolean removeOrphans;

  @Option(
      names = "--scale",
      paramLabel = "SERVICE=N",
      description = "Scale SERVICE to N instances, overrides the number in the file")
  private Map<String, Integer> scale = new LinkedHashMap<>();

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  boolean noBuild() {
    return noBuild;
  }

  boolean quietPull() {
    return quietPull;
  }

  List<String> services() {
    return services;
  }

  /// What only `up` can ask for.
  record Extra(
      boolean noDependencies,
      boolean alwaysRecreateDependencies,
      boolean renewAnonymousVolumes,
      Optional<Duration> grace,
      boolean start,
      boolean await) {
    static final Extra CREATE = new Extra(false, false, false, Optional.empty(), false, false);
  }

  Up.Request request(Project whole, Map<String, String> environment, Extra extra) {
    refuse(build && noBuild, "--build and --no-build are incompatible");
    refuse(forceRecreate && noRecreate, "--force-recreate and --no-recreate are incompatible");
    refuse(
        extra.renewAnonymousVolumes() && noRecreate,
        "--renew-anon-volumes and --no-recreate are incompatible");
    refuse(
        extra.alwaysRecreateDependencies() && noRecreate,
        "--always-recreate-deps and --no-recreate are incompatible");
    Project project = Services.select(whole, services, extra.noDependencies());
    Work.services(project, List.copyOf(scale.keySet()));
    scale.forEach(
        (name, count) -> refuse(count < 0, "cannot scale " + name + " to " + count + " replicas"));
    if (project.services().isEmpty()) {
      throw new UsageError("no service selected");
    }
    Recreate named =
        forceRecreate ? Recreate.ALWAYS : noRecreate ? Recreate.NEVER : Recreate.CHANGED;
    Recreate others =
        extra.alwaysRecreateDependencies()
            ? Recreate.ALWAYS
            : noRecreate ? Recreate.NEVER : Recreate.CHANGED;
    Set<String> selected = services.isEmpty() ? project.services().keySet() : Set.copyOf(services);
    boolean orphans =
        removeOrphans || Boolean.parseBoolean(environment.get("COMPOSE_REMOVE_ORPHANS"));
    var images =
        new ImagePlanner.Options(
            build
                ? ImagePlanner.Building.ALWAYS
                : noBuild ? ImagePlanner.Building.NEVER : ImagePlanner.Building.WHEN_MISSING,
            Optional.ofNullable(pull).map(ReconcileOptions::policy),
            false,
            false);
    var options =
        new UpOptions(
            selected,
            named,
            others,
            scale,
            orphans,
            extra.renewAnonymousVolumes(),
            extra.grace(),
            extra.start(),
            extra.await(),
            Optional.empty());
    return new Up.Request(project, images, options);
  }

  static PullPolicy policy(String word) {
    return switch (word) {
      case "always" -> new PullPolicy.Always();
      case "missing", "if_not_present" -> new PullPolicy.Missing();
      case "never" -> new PullPolicy.Never();
      case "build" -> new PullPolicy.Build();
      default ->
          throw new UsageError(
              "invalid --pull option \"" + word + "\": use always, missing, never or build");
    };
  }

  static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new UsageError(message);
    }
  }
}
