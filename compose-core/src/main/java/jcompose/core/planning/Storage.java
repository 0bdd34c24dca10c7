package jcompose.core.planning;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.conversion.NetworkConversion;
import jcompose.core.conversion.VolumeConversion;
import jcompose.core.model.Network;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.model.ServiceMount;
import jcompose.core.model.Volume;

/// Networks and volumes that containers need before they are created. Those that no enabled service
/// uses are not made.
final class Storage {
  private Storage() {}

  /// @return numbers of the steps that make what is missing
  static List<Integer> plan(Plan.Builder plan, Project project, ObservedState observed) {
    var steps = new ArrayList<Integer>();
    for (String key : networkKeys(project)) {
      Network network = NetworkConversion.of(project, key);
      var found = observed.network(network.name());
      if (network.external()) {
        if (found.isEmpty() && !PREDEFINED.contains(network.name())) {
          throw new PlanRefused(
              "network "
                  + network.name()
                  + " declared as external, but could not be found; create it with: docker network"
                  + " create "
                  + network.name());
        }
      } else if (found.isEmpty()) {
        steps.add(
            plan.add(
                new Operation.CreateNetwork(
                    NetworkConversion.network(project, network), new Reason("missing")),
                List.of()));
      } else if (!isOurs(project, found.get().labels())) {
        plan.warn(
            "a network with name "
                + network.name()
                + " exists but was not created for project \""
                + project.name()
                + "\". Set `external: true` to use an existing network");
      }
    }
    for (String key : volumeKeys(project)) {
      Volume volume = project.volumes().get(key);
      if (volume == null) {
        throw new PlanRefused("no compose file declares the volume \"" + key + "\"");
      }
      var found = observed.volume(volume.name());
      if (volume.external()) {
        if (found.isEmpty()) {
          throw new PlanRefused(
              "external volume \""
                  + volume.name()
                  + "\" not found; create it with: docker volume create "
                  + volume.name());
        }
      } else if (found.isEmpty()) {
        steps.add(
            plan.add(
                new Operation.CreateVolume(
                    VolumeConversion.volume(project, volume), new Reason("missing")),
                List.of()));
      } else if (!isOurs(project, found.get().labels())) {
        plan.warn(
            "volume \""
                + volume.name()
                + "\" already exists but was not created for project \""
                + project.name()
                + "\". Use `external: true` to use an existing volume");
      }
    }
    return steps;
  }

  private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none");

  private static boolean isOurs(Project project, Map<String, String> labels) {
    return project.name().equals(labels.get(ComposeLabels.PROJECT));
  }

  private static Set<String> networkKeys(Project project) {
    var keys = new LinkedHashSet<String>();
    for (Service service : project.services().values()) {
      keys.addAll(NetworkConversion.joined(service).keySet());
    }
    return keys;
  }

  private static Set<String> volumeKeys(Project project) {
    var keys = new LinkedHashSet<String>();
    for (Service service : project.services().values()) {
      for (ServiceMount mount : service.storage().volumes()) {
        if (mount instanceof ServiceMount.Named named) {
          named.source().ifPresent(keys::add);
        }
      }
    }
    return keys;
  }
}
