package jcompose.engine.build;

import java.time.Duration;

/// A step's beginning or end, for progress displays. Steps of parallel stages interleave.
public sealed interface BuildEvent {
  /// Counts from 1 to the number of instructions that the target needs.
  int step();

  /// @param instruction as written, variables expanded, on one line
  record Started(int step, int of, String stage, String instruction) implements BuildEvent {}

  /// @param cached nothing had to be run
  record Finished(int step, boolean cached, Duration taken) implements BuildEvent {}
}
