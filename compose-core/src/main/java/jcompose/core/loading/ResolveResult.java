package jcompose.core.loading;

import java.util.List;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.source.Diagnostic;

/// A project with its trees, or all that is wrong with it.
public sealed interface ResolveResult {
  /// The files make a project.
  record Resolved(ResolvedProject project, List<Diagnostic> warnings) implements ResolveResult {
    public Resolved {
      warnings = List.copyOf(warnings);
    }
  }

  /// The files make none.
  record Unresolved(Reason reason, List<Diagnostic> problems) implements ResolveResult {
    public Unresolved {
      problems = List.copyOf(problems);
    }
  }
}
