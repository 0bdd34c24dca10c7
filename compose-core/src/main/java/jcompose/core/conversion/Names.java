package jcompose.core.conversion;

import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.ContainerName;

/// What things of a project are called on an engine.
public final class Names {
  private Names() {}

  /// `container_name`, or `PROJECT-SERVICE-NUMBER`.
  public static ContainerName container(Project project, Service service, int number) {
    return new ContainerName(
        service.containerName().orElse(project.name() + "-" + service.name() + "-" + number));
  }

  /// What the image of a service is called.
  public static String image(Project project, Service service) {
    return service.imageName(project.name());
  }
}
