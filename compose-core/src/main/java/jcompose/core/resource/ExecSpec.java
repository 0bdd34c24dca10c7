package jcompose.core.resource;

import java.util.List;
import java.util.Optional;

/// A second program in a container.
///
/// @param command the words, none of them split
/// @param environment added to the container's, `NAME=VALUE`
/// @param user absent for the container's own
/// @param workingDirectory absent for the container's own
/// @param terminal gives it a terminal for its three streams
public record ExecSpec(
    List<String> command,
    List<String> environment,
    Optional<String> user,
    Optional<String> workingDirectory,
    boolean privileged,
    boolean terminal) {
  public ExecSpec {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
  }

  /// A command as the container's own program runs, without a terminal.
  public static ExecSpec of(List<String> command) {
    return new ExecSpec(command, List.of(), Optional.empty(), Optional.empty(), false, false);
  }
}
