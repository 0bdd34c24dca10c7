package jcompose.core.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.graph.DependencyGraph;
import jcompose.core.model.Dependency;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.ContainerState;

/// Plans what changes the state of containers that are there: `start`, `stop`, `restart`, `kill`,
/// `pause`, `unpause`, `rm`.
public final class LifecyclePlanner {
  private LifecyclePlanner() {}

  /// Stops services, dependants first.
  ///
  /// @param services those to stop; empty for all
  public static Plan stop(
      Project project, ObservedState observed, Set<String> services, Optional<Duration> grace) {
    var plan = new Plan.Builder();
    DependencyGraph<String> graph = Services.graph(project);
    Map<String, List<Integer>> stopped = new HashMap<>();
    for (String service : graph.order().reversed()) {
      var after = new ArrayList<Integer>();
      graph.dependants(service).forEach(it -> after.addAll(stopped.getOrDefault(it, List.of())));
      var steps = new ArrayList<Integer>();
      if (services.isEmpty() || services.contains(service)) {
        for (Replica replica : observed.replicas(service)) {
          if (replica.running()) {
            steps.add(
                plan.add(
                    new Operation.StopContainer(
                        Target.of(replica), grace, false, new Reason("stop")),
                    after));
          }
        }
      }
      stopped.put(service, steps.isEmpty() ? after : steps);
    }
    return plan.build();
  }

  /// Starts what exists and does not run, dependencies first and by their conditions.
  ///
  /// @throws PlanRefused when a service that is named, or needed, has no container
  public static Plan start(Project project, ObservedState observed, boolean await) {
    var plan = new Plan.Builder();
    DependencyGraph<String> graph = Services.graph(project);
    Map<String, List<Integer>> started = new HashMap<>();
    for (String name : graph.order()) {
      List<Replica> replicas = observed.replicas(name);
      Service service = java.util.Objects.requireNonNull(project.services().get(name));
      if (replicas.isEmpty() && service.replicas() > 0) {
        throw new PlanRefused("service \"" + name + "\" has no container to start");
      }
      var after = new ArrayList<Integer>();
      if (replicas.stream().anyMatch(it -> !it.running())) {
        after.addAll(conditions(plan, project, observed, name, started));
      }
      var steps = new ArrayList<Integer>();
      for (Replica replica : replicas) {
        if (!replica.running()) {
          steps.add(
              plan.add(
                  new Operation.StartContainer(Target.of(replica), new Reason("start")), after));
        }
        if (await) {
          plan.add(
              new Operation.AwaitRunning(Target.of(replica), true, new Reason("--wait")), steps);
        }
      }
      started.put(name, steps);
    }
    return plan.build();
  }

  private static List<Integer> conditions(
      Plan.Builder plan,
      Project project,
      ObservedState observed,
      String name,
      Map<String, List<Integer>> started) {
    var after = new ArrayList<Integer>();
    Service service = java.util.Objects.requireNonNull(project.services().get(name));
    service
        .dependsOn()
        .forEach(
            (other, dependency) -> {
              List<Integer> before = started.getOrDefault(other, List.of());
              if (dependency.condition() == Dependency.Condition.SERVICE_STARTED) {
                after.addAll(before);
                return;
              }
              var why = new Reason(name + " depends on it");
              for (Replica replica : observed.replicas(other)) {
                Target target = Target.of(replica);
                after.add(
                    plan.add(
                        dependency.condition() == Dependency.Condition.SERVICE_HEALTHY
                            ? new Operation.AwaitHealthy(target, dependency.required(), why)
                            : new Operation.AwaitCompleted(
                                target, other, dependency.required(), why),
                        before));
              }
            });
    return after;
  }

  /// Restarts services, dependencies first; with `restart: true`, what depends on them too.
  public static Plan restart(
      Project project,
      ObservedState observed,
      Set<String> services,
      Optional<Duration> grace,
      boolean dependants) {
    var plan = new Plan.Builder();
    DependencyGraph<String> graph = Services.graph(project);
    Map<String, List<Integer>> restarted = new HashMap<>();
    for (String name : graph.order()) {
      Service service = java.util.Objects.requireNonNull(project.services().get(name));
      boolean follows =
          dependants
              && service.dependsOn().entrySet().stream()
                  .anyMatch(it -> it.getValue().restart() && restarted.containsKey(it.getKey()));
      if (!services.isEmpty() && !services.contains(name) && !follows) {
        continue;
      }
      var after = new ArrayList<Integer>();
      graph.dependencies(name).forEach(it -> after.addAll(restarted.getOrDefault(it, List.of())));
      var steps = new ArrayList<Integer>();
      for (Replica replica : observed.replicas(name)) {
        steps.add(
            plan.add(
                new Operation.RestartContainer(
                    Target.of(replica),
                    grace,
                    new Reason(follows ? "a dependency is restarted" : "restart")),
                after));
      }
      restarted.put(name, steps);
    }
    return plan.build();
  }

  /// One operation for each running container of the services, all at once.
  public static Plan kill(
      Project project, ObservedState observed, Set<String> services, String signal) {
    var plan = new Plan.Builder();
    for (Replica replica : of(project, observed, services)) {
      if (replica.running()) {
        plan.add(
            new Operation.KillContainer(Target.of(replica), signal, new Reason("kill")), List.of());
      }
    }
    return plan.build();
  }

  public static Plan pause(Project project, ObservedState observed, Set<String> services) {
    var plan = new Plan.Builder();
    for (Replica replica : of(project, observed, services)) {
      if (replica.summary().state() == ContainerState.RUNNING) {
        plan.add(new Operation.PauseContainer(Target.of(replica), new Reason("pause")), List.of());
      }
    }
    return plan.build();
  }

  public static Plan unpause(Project project, ObservedState observed, Set<String> services) {
    var plan = new Plan.Builder();
    for (Replica replica : of(project, observed, services)) {
      if (replica.summary().state() == ContainerState.PAUSED) {
        plan.add(
            new Operation.UnpauseContainer(Target.of(replica), new Reason("unpause")), List.of());
      }
    }
    return plan.build();
  }

  /// Removes containers that do not run; with `stop`, running ones are stopped first.
  public static Plan remove(
      Project project,
      ObservedState observed,
      Set<String> services,
      boolean stop,
      boolean anonymousVolumes) {
    var plan = new Plan.Builder();
    for (Replica replica : of(project, observed, services)) {
      if (replica.running() && !stop) {
        continue;
      }
      List<Integer> after = List.of();
      if (replica.running()) {
        after =
            List.of(
                plan.add(
                    new Operation.StopContainer(
                        Target.of(replica), Optional.empty(), false, new Reason("rm --stop")),
                    List.of()));
      }
      plan.add(
          new Operation.RemoveContainer(
              Target.of(replica), false, anonymousVolumes, false, new Reason("rm")),
          after);
    }
    return plan.build();
  }

  private static List<Replica> of(Project project, ObservedState observed, Set<String> services) {
    return project.services().keySet().stream()
        .filter(it -> services.isEmpty() || services.contains(it))
        .flatMap(it -> observed.replicas(it).stream())
        .toList();
  }
}
