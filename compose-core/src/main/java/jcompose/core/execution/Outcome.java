package jcompose.core.execution;

import java.time.Duration;

/// How a step ended.
public sealed interface Outcome {
  record Done(Duration taken) implements Outcome {}

  /// @param message for people, with what may explain it, such as last log lines
  record Failed(RuntimeException cause, String message) implements Outcome {}

  /// It never began, because something it comes after was not done.
  ///
  /// @param because that step's number
  record Skipped(int because) implements Outcome {}

  /// It never began, or was given up, because all was called off.
  record Cancelled() implements Outcome {}
}
