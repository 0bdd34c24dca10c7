package jcompose.engine.daemon.http;

import java.time.Duration;

/// What one client may ask of the server.
///
/// @param headBytes request line and headers together
/// @param headers number of header lines
/// @param headTime from the first byte of a head to its last
/// @param drainBytes of a body that a handler left unread, before the connection is closed instead
public record HttpLimits(int headBytes, int headers, Duration headTime, int drainBytes) {
  public static final HttpLimits DEFAULT =
      new HttpLimits(256 * 1024, 200, Duration.ofSeconds(30), 256 * 1024);
}
