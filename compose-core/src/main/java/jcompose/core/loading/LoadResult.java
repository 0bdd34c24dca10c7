package jcompose.core.loading;

import java.util.List;
import jcompose.core.model.Project;
import jcompose.core.source.Diagnostic;

/// A project, or all that is wrong with it.
public sealed interface LoadResult {
  /// The files make a project.
  ///
  /// @param warnings what is worth saying all the same
  record Loaded(Project project, List<Diagnostic> warnings) implements LoadResult {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /// The files make none.
  ///
  /// @param reason kind of the first error
  /// @param problems errors and warnings, in the order they were found; at least one error
  record Rejected(Reason reason, List<Diagnostic> problems) implements LoadResult {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }

  /// Why there is no project; each has its exit code, which docker compose's users know.
  enum Reason {
    /// A compose file or env file that was named, or any at all, is not there.
    NOT_FOUND(14),
    /// The files were read and are wrong.
    INVALID(15),
    /// A value of the command line or environment is wrong.
    USAGE(1);

    private final int exitCode;

    Reason(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }
}
