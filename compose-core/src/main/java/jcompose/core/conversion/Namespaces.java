package jcompose.core.conversion;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Project;
import jcompose.core.model.Service;

/// Namespaces and volumes that a service takes from another one's container.
public final class Namespaces {
  private static final String SERVICE = "service:";

  private Namespaces() {}

  /// A mode as the engine wants it: `service:db` becomes `container:shop-db-1`.
  static Optional<String> mode(Project project, Optional<String> mode) {
    return mode.map(
        it ->
            it.startsWith(SERVICE)
                ? "container:" + first(project, it.substring(SERVICE.length()))
                : it);
  }

  private static String first(Project project, String service) {
    Service other = project.services().get(service);
    if (other == null) {
      other = project.disabledServices().get(service);
    }
    if (other == null) {
      throw new EngineException.Invalid("no compose file declares the service \"" + service + "\"");
    }
    return Names.container(project, other, 1).value();
  }

  /// `db:ro` and `container:other` of `volumes_from`, as the engine wants them.
  static String volumesFrom(Project project, String entry) {
    if (entry.startsWith("container:")) {
      return entry.substring("container:".length());
    }
    int colon = entry.indexOf(':');
    String service = colon < 0 ? entry : entry.substring(0, colon);
    return first(project, service) + (colon < 0 ? "" : entry.substring(colon));
  }

  /// Services whose container this one needs to exist: when theirs is another one, so must be this
  /// one's.
  public static SequencedSet<String> sharedWith(Service service) {
    var shared = new LinkedHashSet<String>();
    var isolation = service.isolation();
    for (Optional<String> mode :
        java.util.List.of(
            service.networking().networkMode(),
            isolation.pid(),
            isolation.ipc(),
            isolation.uts())) {
      mode.filter(it -> it.startsWith(SERVICE))
          .ifPresent(it -> shared.add(it.substring(SERVICE.length())));
    }
    for (String entry : service.storage().volumesFrom()) {
      if (!entry.startsWith("container:")) {
        int colon = entry.indexOf(':');
        shared.add(colon < 0 ? entry : entry.substring(0, colon));
      }
    }
    return shared;
  }
}
