package jcompose.cli.settings;

import java.util.List;
import jcompose.core.source.Diagnostic;

/// The compose files make no project.
public final class ProjectRejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> problems;
  private final int exitCode;

  public ProjectRejected(List<Diagnostic> problems, int exitCode) {
    super("invalid project");
    this.problems = List.copyOf(problems);
    this.exitCode = exitCode;
  }

  public List<Diagnostic> problems() {
    return problems;
  }

  public int exitCode() {
    return exitCode;
  }
}
