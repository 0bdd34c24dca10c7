package jcompose.core.engine;

/// Takes output as it comes, in order, from one thread at a time.
@FunctionalInterface
public interface LogSink {
  /// @param bytes a piece of output, not cut at lines; valid only during the call
  void write(Stream stream, byte[] bytes, int offset, int length);

  /// Where a piece of output came from.
  enum Stream {
    STDOUT,
    STDERR
  }
}
