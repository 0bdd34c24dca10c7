package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.settings.Invocation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags of `exec` and `run` that say how a program runs, and with which streams.
final class ProgramOptions {
  @Option(
      names = {"-d", "--detach"},
      description = "Detached mode: run the command in the background")
  private boolean detach;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "KEY=VALUE",
      description = "Set environment variables")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = {"-i", "--interactive"},
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Keep STDIN open even if not attached")
  private boolean interactive;

  @Option(
      names = {"-T", "--no-tty", "--no-TTY"},
      description = "Disable pseudo-TTY allocation (default: when a stream is no terminal)")
  private boolean noTerminal;

  @Option(
      names = {"-t", "--tty"},
      description = "Allocate a pseudo-TTY (as without it: when the streams are a terminal)",
      hidden = true)
  @SuppressWarnings("UnusedVariable") // docker compose takes it and goes by the streams as well
  private boolean terminal;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Run the command as this user")
  private @Nullable String user;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "FOLDER",
      description = "Working directory inside the container")
  private @Nullable String folder;

  boolean detach() {
    return detach;
  }

  /// Whether the program gets the caller's standard input.
  boolean input() {
    return interactive && !detach;
  }

  /// Whether the program gets a terminal: the caller's.
  boolean terminal(Invocation invocation) {
    return !detach
        && !noTerminal
        && invocation.terminal().input()
        && invocation.terminal().output();
  }

  Optional<String> user() {
    return Optional.ofNullable(user);
  }

  Optional<String> folder() {
    return Optional.ofNullable(folder);
  }

  /// `NAME=VALUE`; a name alone takes the caller's value, if there is one.
  List<String> variables(Map<String, String> own) {
    var variables = new ArrayList<String>();
    for (String option : environment) {
      String value = own.get(option);
      if (option.contains("=")) {
        variables.add(option);
      } else if (value != null) {
        variables.add(option + "=" + value);
      }
    }
    return variables;
  }
}
