package jcompose.engine.runtime;

import java.io.OutputStream;
import jcompose.core.engine.LogSink;

/// A client's connection to the streams of a container's or an exec session's process.
public interface Attachment extends AutoCloseable {
  /// Standard input of the process. Closing it ends the input when the process was started so
  /// (`stdinOnce`, and always for exec sessions); writing when the request did not ask for input
  /// throws IOException.
  OutputStream stdin();

  /// Hands over output until the process has closed it or this is closed. With a terminal
  /// everything is `STDOUT`. Call it once. A slow sink slows the process down, as a full pipe
  /// would.
  void forwardTo(LogSink sink);

  /// Detaches; the process goes on. Input that this client opened with `stdinOnce` ends.
  @Override
  void close();
}
