package jcompose.core.resource;

/// A port of a container.
///
/// @param number 1 to 65535
/// @param protocol `tcp`, `udp` or `sctp`
public record ExposedPort(int number, String protocol) {
  /// `80/tcp`, as the Engine API writes it.
  @Override
  public String toString() {
    return number + "/" + protocol;
  }

  /// Reads `80` or `80/udp`.
  ///
  /// @throws IllegalArgumentException when it is neither
  public static ExposedPort parse(String text) {
    int slash = text.indexOf('/');
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    int number = Integer.parseInt(slash < 0 ? text : text.substring(0, slash));
    if (number < 1 || number > 65535 || !protocol.matches("tcp|udp|sctp")) {
      throw new IllegalArgumentException("invalid port: " + text);
    }
    return new ExposedPort(number, protocol);
  }
}
