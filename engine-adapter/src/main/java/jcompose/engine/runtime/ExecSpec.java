package jcompose.engine.runtime;

import java.util.List;
import java.util.Optional;

/// A second program in a running container.
///
/// @param id the exec session's id, unique in the container: up to 64 letters and digits
/// @param arguments program and its arguments; the program is looked up in the environment's `PATH`
/// @param environment the whole of it, `NAME=value`; `HOME` is added when it is missing
/// @param user `name|uid[:group|gid]`; absent for the container's own
/// @param workingDirectory absent for the container's own
/// @param privileged all capabilities, no seccomp filter
/// @param stdin whether input will be written; else it reads /dev/null
/// @param tty gives it a terminal
/// @param terminalSize what the terminal starts with
public record ExecSpec(
    String id,
    List<String> arguments,
    List<String> environment,
    Optional<String> user,
    Optional<String> workingDirectory,
    boolean privileged,
    boolean stdin,
    boolean tty,
    Optional<TerminalSize> terminalSize) {
  public ExecSpec {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }
}
