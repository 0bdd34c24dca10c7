package jcompose.engine.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A connection that no longer speaks HTTP. The input ends when the client closes its side, which
/// does not end the output; the connection is closed when the handler returns.
public interface RawStream {
  InputStream input();

  OutputStream output();

  /// Tells the client that no more comes, and keeps reading from it.
  void closeOutput() throws IOException;

  /// Drops the connection: a blocked read or write in another thread fails.
  void abort();
}
