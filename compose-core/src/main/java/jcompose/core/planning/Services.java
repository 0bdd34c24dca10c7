package jcompose.core.planning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import jcompose.core.conversion.Namespaces;
import jcompose.core.graph.DependencyGraph;
import jcompose.core.model.Project;
import jcompose.core.model.Service;

/// The services of a project as a graph.
public final class Services {
  private Services() {}

  /// Service to what it depends on, by `depends_on`, links, shared namespaces and volumes.
  public static DependencyGraph<String> graph(Project project) {
    SequencedMap<String, Set<String>> edges = new LinkedHashMap<>();
    project
        .services()
        .forEach(
            (name, service) -> {
              var targets = new LinkedHashSet<>(service.dependsOn().keySet());
              targets.addAll(Namespaces.sharedWith(service));
              edges.put(name, targets);
            });
    return new DependencyGraph<>(edges);
  }

  /// The project with only the named services enabled and, unless `alone`, what they depend on. No
  /// names: all of it. A named service whose profile is not active is enabled.
  ///
  /// @throws PlanRefused when there is no such service
  public static Project select(Project project, Collection<String> names, boolean alone) {
    if (names.isEmpty()) {
      return project;
    }
    var all = new LinkedHashMap<String, Service>(project.services());
    for (String name : names) {
      Service disabled = project.disabledServices().get(name);
      if (disabled != null) {
        all.put(name, disabled);
      } else if (!all.containsKey(name)) {
        throw new PlanRefused("no such service: " + name);
      }
    }
    Project wide = project.withServices(all, project.disabledServices());
    Set<String> wanted = alone ? new LinkedHashSet<>(names) : graph(wide).closure(names);
    var enabled = new LinkedHashMap<String, Service>();
    var disabled = new LinkedHashMap<String, Service>(project.disabledServices());
    all.forEach(
        (name, service) -> {
          if (wanted.contains(name)) {
            enabled.put(name, service);
            disabled.remove(name);
          } else {
            disabled.put(name, service);
          }
        });
    return project.withServices(enabled, disabled);
  }

  /// Containers whose service is in no file, and one-off ones that have ended.
  static List<Replica> orphans(Project project, ObservedState observed) {
    var orphans = new ArrayList<Replica>();
    for (Replica replica : observed.replicas()) {
      boolean known =
          project.services().containsKey(replica.service())
              || project.disabledServices().containsKey(replica.service());
      if (replica.oneOff() ? replica.ended() : !known) {
        orphans.add(replica);
      }
    }
    return orphans;
  }
}
