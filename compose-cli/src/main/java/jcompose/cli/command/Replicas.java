package jcompose.cli.command;

import java.util.Comparator;
import jcompose.cli.settings.Session;
import jcompose.core.model.Project;
import jcompose.core.observation.Observer;
import jcompose.core.planning.PlanRefused;
import jcompose.core.planning.Replica;

/// Finds the one container a command is about.
final class Replicas {
  private Replicas() {}

  /// The running container with that number, or with the lowest; a one-off one only when there is
  /// no other.
  ///
  /// @param index 0 for any
  static Replica running(Session session, Project project, String service, int index) {
    return new Observer(session.engine())
        .containers(project.name()).replicas().stream()
            .filter(it -> it.service().equals(service) && it.running())
            .filter(it -> index == 0 || (it.number() == index && !it.oneOff()))
            .min(Comparator.comparing(Replica::oneOff).thenComparingInt(Replica::number))
            .orElseThrow(
                () ->
                    new PlanRefused(
                        "service \""
                            + service
                            + "\" is not running"
                            + (index == 0 ? "" : " container #" + index)));
  }
}
