package jcompose.core.planning;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.conversion.OneOff;

/// How `up`, `create` and `scale` differ from bringing everything to what the files say.
///
/// @param named services that were named; the others are only their dependencies
/// @param recreate for named services
/// @param recreateDependencies for the others
/// @param scale replicas by service, instead of the files' number
/// @param grace for what is stopped; absent for the container's own
/// @param start whether containers are started
/// @param await whether all are waited for until they run or are healthy
/// @param oneOff for `run`: of its service only this container is created, once what it depends on
///   is there, and not started
public record UpOptions(
    Set<String> named,
    Recreate recreate,
    Recreate recreateDependencies,
    Map<String, Integer> scale,
    boolean removeOrphans,
    boolean renewAnonymousVolumes,
    Optional<Duration> grace,
    boolean start,
    boolean await,
    Optional<OneOff> oneOff) {

  public UpOptions {
    named = Set.copyOf(named);
    scale = Map.copyOf(scale);
  }

  /// What a bare `up` of these services does.
  public static UpOptions of(Set<String> named) {
    return new UpOptions(
        named,
        Recreate.CHANGED,
        Recreate.CHANGED,
        Map.of(),
        false,
        false,
        Optional.empty(),
        true,
        false,
        Optional.empty());
  }

  /// What a `run` of that service does, its dependencies included.
  public static UpOptions run(OneOff oneOff, boolean removeOrphans) {
    return new UpOptions(
        Set.of(oneOff.service()),
        Recreate.CHANGED,
        Recreate.NEVER,
        Map.of(),
        removeOrphans,
        false,
        Optional.empty(),
        true,
        false,
        Optional.of(oneOff));
  }

  /// The container of a `run` of this service, if that is what is asked for.
  Optional<OneOff> oneOff(String service) {
    return oneOff.filter(it -> it.service().equals(service));
  }

  Recreate recreate(String service) {
    return named.contains(service) ? recreate : recreateDependencies;
  }

  /// When a container is replaced.
  public enum Recreate {
    CHANGED,
    ALWAYS,
    NEVER
  }
}
