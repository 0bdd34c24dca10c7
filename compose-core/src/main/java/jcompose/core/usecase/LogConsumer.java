package jcompose.core.usecase;

import jcompose.core.engine.LogSink;

/// Takes the output of several containers, a line at a time, from many threads.
public interface LogConsumer {
  /// Tells of a container whose lines may come, so that prefixes can be aligned.
  default void announce(Source source) {}

  /// @param line without its end
  void line(Source source, LogSink.Stream stream, byte[] line);

  /// News about a container, such as how it ended.
  void status(Source source, String message);

  /// Where a line comes from.
  ///
  /// @param name for people: `web-1`, or the whole `container_name`
  record Source(String name, String service) {}
}
