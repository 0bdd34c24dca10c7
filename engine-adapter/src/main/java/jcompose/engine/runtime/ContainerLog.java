package jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jcompose.core.engine.LogRequest;
import jcompose.core.engine.LogSink;

/// Reads a container's log file and those it was turned over to. Made by `new LogFileReader()`.
public interface ContainerLog {
  /// Hands the requested part of a log to the sink. When following, goes on until `ended` completes
  /// and all is read; an interrupt of the thread ends it early. A missing file is an empty log.
  ///
  /// @param file the one named in [Output.LogFile]
  /// @param prefix for each line, after its time
  /// @param ended completes when no more will be written: [RunningContainer#exit()]; an incomplete
  ///   one is only waited for when following
  void read(
      Path file,
      LogRequest request,
      Optional<String> prefix,
      CompletableFuture<?> ended,
      LogSink sink);
}
