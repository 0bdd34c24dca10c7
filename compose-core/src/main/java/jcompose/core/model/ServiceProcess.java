package jcompose.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What runs in a service's containers.
///
/// @param command absent for the image's; empty clears it
/// @param entrypoint absent for the image's; empty clears it
/// @param environment with what env files gave; a name without a value is to be unset
/// @param user `name|uid[:group|gid]`
public record ServiceProcess(
    Optional<List<String>> command,
    Optional<List<String>> entrypoint,
    SequencedMap<String, Optional<String>> environment,
    Optional<String> user,
    List<String> groupAdd,
    Optional<String> workingDir,
    boolean tty,
    boolean stdinOpen,
    Optional<Boolean> init,
    Optional<String> stopSignal,
    Optional<Duration> stopGracePeriod) {

  public static final ServiceProcess DEFAULT =
      new ServiceProcess(
          Optional.empty(),
          Optional.empty(),
          Copies.ordered(Map.of()),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public ServiceProcess {
    command = command.map(List::copyOf);
    entrypoint = entrypoint.map(List::copyOf);
    environment = Copies.ordered(environment);
    groupAdd = List.copyOf(groupAdd);
  }
}
