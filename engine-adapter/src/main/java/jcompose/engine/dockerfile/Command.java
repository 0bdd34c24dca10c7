package jcompose.engine.dockerfile;

import java.util.List;

/// What RUN, CMD, ENTRYPOINT and HEALTHCHECK run.
public sealed interface Command {
  /// A line for the stage's shell, which does its own expansion.
  record Shell(String line) implements Command {}

  /// Words given to the kernel as they are.
  record Exec(List<String> words) implements Command {
    public Exec {
      words = List.copyOf(words);
    }
  }

  /// A heredoc that begins with `#!`: run as a file.
  record Script(Heredoc document) implements Command {}
}
