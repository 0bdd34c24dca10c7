package jcompose.cli.command;

import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.UsageError;
import jcompose.core.engine.EngineException;

/// Turns what a command threw into a sentence and an exit code.
final class Failures {
  private Failures() {}

  static int report(Exception failure, Invocation invocation) {
    var err = invocation.error();
    switch (failure) {
      case UsageError e -> err.println(e.getMessage());
      case EngineException.Unavailable e -> err.println(e.getMessage());
      case EngineException e -> err.println("Error response from engine: " + e.getMessage());
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
}
