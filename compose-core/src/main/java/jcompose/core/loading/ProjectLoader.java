package jcompose.core.loading;

import java.util.List;
import java.util.Optional;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.loading.LoadResult.Rejected;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.Diagnostic.Severity;

/// Turns compose files into a project.
public final class ProjectLoader {
  /// Reads what the request names and reports every problem, not the first alone. Never throws for
  /// what a file contains.
  public LoadResult load(LoadRequest request) {
    return new Rejected(
        Reason.INVALID,
        List.of(
            new Diagnostic(
                Severity.ERROR,
                "unsupported",
                "this build cannot load compose files yet",
                Optional.empty(),
                List.of("use a later version, working folder: " + request.workingDirectory()))));
  }
}
