package jcompose.engine.daemon.http;

import java.io.IOException;

/// Answers requests, each on the virtual thread of its connection.
@FunctionalInterface
public interface HttpHandler {
  /// @throws HttpException to answer with a plain status when nothing was sent yet
  /// @throws IOException when the client is gone
  void handle(HttpExchange exchange) throws IOException;
}
