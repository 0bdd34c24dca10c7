package jcompose.core.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.picture.Picture.Live;
import jcompose.core.picture.Picture.Mood;
import jcompose.core.planning.ObservedState;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ExitCode;

/// How the containers of each service are, in one word a service: the worst of them speaks.
public final class LiveStates {
  private LiveStates() {}

  /// @return by service, for the services that have containers of their own
  public static Map<String, Live> of(Project project, ObservedState observed) {
    var states = new HashMap<String, Live>();
    for (Service service : project.services().values()) {
      if (service.provider().isEmpty()) {
        states.put(service.name(), of(service, observed.replicas(service.name())));
      }
    }
    return states;
  }

  private static Live of(Service service, List<Replica> replicas) {
    int wanted = service.replicas();
    if (replicas.isEmpty()) {
      return wanted == 0 ? new Live(Mood.DONE, "none wanted") : new Live(Mood.MISSING, "missing");
    }
    var all = new ArrayList<>(replicas.stream().map(LiveStates::of).toList());
    Live worst = all.getFirst();
    for (Live it : all) {
      worst = it.mood().compareTo(worst.mood()) > 0 ? it : worst;
    }
    Live speaks = worst;
    int same = (int) all.stream().filter(speaks::equals).count();
    if (same == wanted && same == all.size()) {
      return wanted == 1 ? speaks : new Live(speaks.mood(), speaks.text() + " ×" + same);
    }
    boolean fine = speaks.mood() == Mood.RUNNING || speaks.mood() == Mood.HEALTHY;
    return new Live(
        fine && same < wanted ? Mood.WAITING : speaks.mood(),
        speaks.text() + " " + same + "/" + Math.max(wanted, all.size()));
  }

  private static Live of(Replica replica) {
    var summary = replica.summary();
    return switch (summary.state()) {
      case RUNNING ->
          switch (summary.health()) {
            case NONE -> new Live(Mood.RUNNING, "running");
            case HEALTHY -> new Live(Mood.HEALTHY, "healthy");
            case STARTING -> new Live(Mood.WAITING, "starting");
            case UNHEALTHY -> new Live(Mood.FAILED, "unhealthy");
          };
      case CREATED, PAUSED, RESTARTING, REMOVING -> new Live(Mood.WAITING, summary.state().word());
      case EXITED, DEAD -> {
        int code = summary.exitCode().map(ExitCode::value).orElse(0);
        yield new Live(code == 0 ? Mood.DONE : Mood.FAILED, "exited (" + code + ")");
      }
    };
  }
}
