package jcompose.core.usecase;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.model.Dependency;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.planning.ObservedState;
import jcompose.core.planning.Replica;

/// A project as its containers' labels tell, for commands that are given a name and no file.
public final class ProjectFromLabels {
  private ProjectFromLabels() {}

  /// Services with their dependencies; enough to stop, remove and show them in order.
  public static Project read(String name, ObservedState observed) {
    var services = new LinkedHashMap<String, Service>();
    for (Replica replica : observed.replicas()) {
      if (!replica.oneOff() && !replica.service().isEmpty()) {
        services.computeIfAbsent(
            replica.service(), it -> service(it, replica.summary().image(), dependencies(replica)));
      }
    }
    String folder =
        observed.replicas().stream()
            .map(it -> it.summary().labels().getOrDefault(ComposeLabels.WORKING_DIR, "/"))
            .findFirst()
            .orElse("/");
    return new Project(
        name,
        Path.of(folder),
        List.of(),
        Map.of(),
        services,
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        List.of());
  }

  private static SequencedMap<String, Dependency> dependencies(Replica replica) {
    var dependencies = new LinkedHashMap<String, Dependency>();
    String label = replica.summary().labels().getOrDefault(ComposeLabels.DEPENDS_ON, "");
    for (String entry : label.split(",")) {
      String[] words = entry.split(":");
      if (words[0].isEmpty()) {
        continue;
      }
      dependencies.put(
          words[0],
          new Dependency(
              words.length > 1 ? condition(words[1]) : Dependency.Condition.SERVICE_STARTED,
              words.length > 2 && words[2].equals("true"),
              true));
    }
    return dependencies;
  }

  private static Dependency.Condition condition(String word) {
    try {
      return Dependency.Condition.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Dependency.Condition.SERVICE_STARTED; // labels can be written by anyone
    }
  }

  private static Service service(
      String name, String image, SequencedMap<String, Dependency> dependencies) {
    Service plain = Service.of(name, image);
    return new Service(
        plain.name(),
        plain.image(),
        plain.build(),
        plain.pullPolicy(),
        plain.platform(),
        plain.containerName(),
        plain.process(),
        plain.isolation(),
        plain.limits(),
        plain.networking(),
        plain.storage(),
        dependencies,
        plain.healthcheck(),
        plain.restart(),
        plain.deploy(),
        plain.scale(),
        plain.attach(),
        plain.logging(),
        plain.labels(),
        plain.annotations(),
        plain.profiles(),
        plain.preStart(),
        plain.postStart(),
        plain.preStop(),
        plain.watch(),
        plain.provider(),
        plain.models(),
        plain.canonical());
  }
}
