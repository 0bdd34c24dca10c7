package jcompose.engine.runtime;

import java.nio.file.Path;

/// Where a container's output is kept.
public sealed interface Output {
  /// A log file that the monitor appends to and turns over: `file`, `file.1`, …; read by
  /// [ContainerLog].
  ///
  /// @param maximumBytes size at which it is turned over; 0 for never
  /// @param maximumFiles how many are kept, the current one included; at least 1
  /// @param compressed whether those turned over are to be, by [LogCompressor]
  record LogFile(Path file, long maximumBytes, int maximumFiles, boolean compressed)
      implements Output {}

  /// Nowhere: only attached clients see it.
  record Discarded() implements Output {}
}
