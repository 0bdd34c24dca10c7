package jcompose.cli.output;

import java.util.concurrent.CancellationException;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.ProjectRejected;
import jcompose.cli.settings.UsageError;
import jcompose.core.engine.EngineException;
import jcompose.core.execution.WaitFailed;
import jcompose.core.planning.PlanRefused;

/// Turns what a command threw into a sentence and an exit code.
public final class Failures {
  private Failures() {}

  public static int report(Exception failure, Invocation invocation) {
    var err = invocation.error();
    switch (failure) {
      case ProjectRejected e -> {
        e.problems().forEach(it -> err.println(it.render()));
        return e.exitCode();
      }
      case UsageError e -> err.println(e.getMessage());
      case PlanRefused e -> err.println(e.getMessage());
      case WaitFailed e -> err.println(e.getMessage());
      case EngineException e -> err.println(sentence(e));
      case CancellationException _ -> {
        return ExitStatus.INTERRUPTED;
      }
      case InterruptedException _ -> {
        return ExitStatus.INTERRUPTED;
      }
      default -> {
        err.println("jcompose failed unexpectedly: " + failure);
        if (invocation.environment().containsKey("JCOMPOSE_DEBUG")) {
          failure.printStackTrace(err);
        } else {
          err.println("Set JCOMPOSE_DEBUG=1 to see where.");
        }
      }
    }
    return ExitStatus.FAILED;
  }

  /// What an engine answered, in the words docker's users know; what never reached it, as it is.
  public static String sentence(EngineException failure) {
    return switch (failure) {
      case EngineException.Unavailable e -> String.valueOf(e.getMessage());
      case EngineException.Unsupported e -> String.valueOf(e.getMessage());
      case EngineException e -> "Error response from daemon: " + e.getMessage();
    };
  }
}
