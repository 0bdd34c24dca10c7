package jcompose.engine.runtime;

import java.util.List;
import java.util.Optional;

/// The first process of a container, image and request already merged.
///
/// @param arguments entrypoint and command, at least one word
/// @param environment the whole of it, `NAME=value`; `PATH`, `HOSTNAME` and with a terminal `TERM`
///   are the caller's, `HOME` is added from the user's entry in /etc/passwd when it is missing
/// @param workingDirectory absolute; made when it is missing
/// @param user `name|uid[:group|gid]`, looked up in the container's own /etc/passwd and /etc/group;
///   empty for root
/// @param openStdin keeps standard input open though no one is attached; else it reads /dev/null
/// @param stdinOnce closes it when the first attached client leaves
public record RuntimeProcess(
    List<String> arguments,
    List<String> environment,
    String workingDirectory,
    String user,
    boolean tty,
    boolean openStdin,
    boolean stdinOnce,
    Optional<TerminalSize> terminalSize) {
  public RuntimeProcess {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }

  /// A program without terminal and input, run as root in `/`.
  public static RuntimeProcess of(List<String> arguments, List<String> environment) {
    return new RuntimeProcess(
        arguments, environment, "/", "", false, false, false, Optional.empty());
  }
}
