package jcompose.core.conversion;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.ContainerName;

/// What things of a project are called on an engine.
public final class Names {
  private static final Set<String> TRUE = Set.of("1", "t", "true", "y", "yes", "on");

  private Names() {}

  /// What stands between the parts of a name: `-`, or `_` as docker-compose of old had it, where
  /// COMPOSE_COMPATIBILITY asks for that.
  public static String separator(Project project) {
    return separator(project.environment());
  }

  /// The same, of the variables a project was loaded with.
  public static String separator(Map<String, String> environment) {
    String word = environment.getOrDefault("COMPOSE_COMPATIBILITY", "").toLowerCase(Locale.ROOT);
    return TRUE.contains(word) ? "_" : "-";
  }

  /// `container_name`, or `PROJECT-SERVICE-NUMBER`.
  public static ContainerName container(Project project, Service service, int number) {
    return new ContainerName(
        service
            .containerName()
            .orElseGet(
                () ->
                    String.join(
                        separator(project),
                        project.name(),
                        service.name(),
                        Integer.toString(number))));
  }

  /// What the image of a service is called.
  public static String image(Project project, Service service) {
    return service.image().orElseGet(() -> project.name() + separator(project) + service.name());
  }
}
