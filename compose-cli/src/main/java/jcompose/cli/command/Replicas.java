package jcompose.cli.command;

import java.util.Comparator;
import java.util.List;
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

  /// The containers of a service, running or not, by number.
  ///
  /// @param index 0 for all of them
  /// @param oneOff with those that `run` made
  static List<Replica> of(
      Session session, Project project, String service, int index, boolean oneOff) {
    return new Observer(session.engine())
        .containers(project.name()).replicas().stream()
            .filter(it -> it.service().equals(service) && (oneOff || !it.oneOff()))
            .filter(it -> index == 0 || (it.number() == index && !it.oneOff()))
            .sorted(Comparator.comparing(Replica::oneOff).thenComparingInt(Replica::number))
            .toList();
  }

  /// The first of them.
  static Replica first(Session session, Project project, String service, int index) {
    return of(session, project, service, index, false).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new PlanRefused(
                    "service \""
                        + service
                        + "\" has no container"
                        + (index == 0 ? "" : " #" + index)
                        + ": create it with up or create"));
  }
}
