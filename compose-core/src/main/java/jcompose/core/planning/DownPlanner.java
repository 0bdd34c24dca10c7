package jcompose.core.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.conversion.Names;
import jcompose.core.graph.DependencyGraph;
import jcompose.core.model.Network;
import jcompose.core.model.Project;
import jcompose.core.model.Volume;
import jcompose.core.resource.ImageDetails;

/// Plans how a project is taken away: containers in the reverse order of their dependencies, then
/// networks, then what was asked for beside them.
public final class DownPlanner {
  private DownPlanner() {}

  /// What goes.
  ///
  /// @param services only these; empty for all, with networks
  /// @param everything whether the project is known from labels alone: then all that carries them
  ///   goes
  public record Options(
      Set<String> services,
      boolean everything,
      boolean removeOrphans,
      boolean volumes,
      Images images,
      Optional<Duration> grace) {
    public Options {
      services = Set.copyOf(services);
    }
  }

  /// Which images go.
  public enum Images {
    NONE,
    /// Those that compose built.
    LOCAL,
    /// All that services use.
    ALL
  }

  /// @param images all images of the engine; looked at only when some have to go
  public static Plan plan(
      Project project, ObservedState observed, Options options, List<ImageDetails> images) {
    var plan = new Plan.Builder();
    Map<String, List<Integer>> stopped = new LinkedHashMap<>();
    var removed = new ArrayList<Integer>();
    var why = new Reason("down");
    DependencyGraph<String> graph = Services.graph(project);
    for (String service : graph.order().reversed()) {
      if (!options.services().isEmpty() && !options.services().contains(service)) {
        continue;
      }
      var after = new ArrayList<Integer>();
      graph.dependants(service).forEach(it -> after.addAll(stopped.getOrDefault(it, List.of())));
      var stops = new ArrayList<Integer>();
      for (Replica replica : observed.replicas()) {
        if (replica.service().equals(service)) { // those of `run` too
          remove(plan, replica, options, after, why, stops, removed);
        }
      }
      stopped.put(service, stops.isEmpty() ? after : stops);
    }
    if (options.services().isEmpty()) {
      if (options.everything() || options.removeOrphans()) {
        leftovers(project, observed)
            .forEach(
                it ->
                    remove(
                        plan,
                        it,
                        options,
                        List.of(),
                        new Reason("in no compose file"),
                        new ArrayList<>(),
                        removed));
      }
      networks(plan, project, observed, options, removed);
    }
    if (options.volumes() && options.services().isEmpty()) {
      volumes(plan, project, observed, options, removed);
    }
    images(plan, project, options, images, removed);
    return plan.build();
  }

  /// Containers of services that are in no file.
  private static List<Replica> leftovers(Project project, ObservedState observed) {
    return observed.replicas().stream()
        .filter(it -> !project.services().containsKey(it.service()))
        .filter(it -> !project.disabledServices().containsKey(it.service()))
        .toList();
  }

  private static void remove(
      Plan.Builder plan,
      Replica replica,
      Options options,
      Collection<Integer> after,
      Reason why,
      List<Integer> stops,
      List<Integer> removed) {
    Target target = Target.of(replica);
    List<Integer> before = List.of();
    if (replica.running()) {
      int stop = plan.add(new Operation.StopContainer(target, options.grace(), false, why), after);
      stops.add(stop);
      before = List.of(stop);
    }
    removed.add(
        plan.add(
            new Operation.RemoveContainer(target, true, options.volumes(), false, why), before));
  }

  private static boolean ours(Project project, Map<String, String> labels) {
    return project.name().equals(labels.get(ComposeLabels.PROJECT));
  }

  private static void networks(
      Plan.Builder plan,
      Project project,
      ObservedState observed,
      Options options,
      List<Integer> removed) {
    observed.networks().stream()
        .filter(it -> ours(project, it.labels()))
        .filter(
            it -> {
              String key = it.labels().getOrDefault(ComposeLabels.NETWORK, "");
              Network known = project.networks().get(key);
              return options.everything()
                  || key.equals("default")
                  || (known != null && !known.external());
            })
        .forEach(
            it ->
                plan.add(
                    new Operation.RemoveNetwork(it.name(), it.id(), new Reason("down")), removed));
  }

  private static void volumes(
      Plan.Builder plan,
      Project project,
      ObservedState observed,
      Options options,
      List<Integer> removed) {
    observed.volumes().stream()
        .filter(it -> ours(project, it.labels()))
        .filter(
            it -> {
              String key = it.labels().getOrDefault(ComposeLabels.VOLUME, "");
              Volume known = project.volumes().get(key);
              return options.everything() || (known != null && !known.external());
            })
        .forEach(
            it ->
                plan.add(
                    new Operation.RemoveVolume(it.name(), new Reason("down --volumes")), removed));
  }

  private static void images(
      Plan.Builder plan,
      Project project,
      Options options,
      List<ImageDetails> images,
      List<Integer> removed) {
    if (options.images() == Images.NONE) {
      return;
    }
    Set<String> names = new TreeSet<>();
    for (ImageDetails image : images) {
      if (ours(project, image.labels())) {
        names.addAll(image.tags());
      }
    }
    if (options.images() == Images.ALL) {
      project.services().values().stream()
          .map(it -> Names.image(project, it))
          .filter(
              it ->
                  images.stream()
                      .anyMatch(
                          image ->
                              image.tags().contains(it) || image.tags().contains(it + ":latest")))
          .map(it -> names.contains(it + ":latest") ? it + ":latest" : it)
          .forEach(names::add);
    }
    names.forEach(it -> plan.add(new Operation.RemoveImage(it, new Reason("down --rmi")), removed));
  }
}
