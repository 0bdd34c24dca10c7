package jcompose.core.resource;

import java.util.List;
import java.util.Optional;

/// The first process of a container.
///
/// @param entrypoint replaces the image's; an empty list resets it; absent keeps it
/// @param command replaces the image's; absent keeps it, unless the entrypoint is replaced
/// @param environment `NAME=value` entries, added to the image's; `NAME` alone removes the image's
/// @param user `name|uid[:group|gid]`
/// @param openStdin keeps standard input open though no one is attached
/// @param stdinOnce closes it when the first attached client leaves
public record ProcessSpec(
    Optional<List<String>> entrypoint,
    Optional<List<String>> command,
    List<String> environment,
    Optional<String> user,
    Optional<String> workingDirectory,
    boolean tty,
    boolean openStdin,
    boolean stdinOnce) {

  public static final ProcessSpec DEFAULT =
      new ProcessSpec(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          false);

  public ProcessSpec {
    entrypoint = entrypoint.map(List::copyOf);
    command = command.map(List::copyOf);
    environment = List.copyOf(environment);
  }

  public ProcessSpec withCommand(List<String> words) {
    return new ProcessSpec(
        entrypoint,
        Optional.of(words),
        environment,
        user,
        workingDirectory,
        tty,
        openStdin,
        stdinOnce);
  }

  public ProcessSpec withEnvironment(List<String> entries) {
    return new ProcessSpec(
        entrypoint, command, entries, user, workingDirectory, tty, openStdin, stdinOnce);
  }
}
