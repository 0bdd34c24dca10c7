package jcompose.engine.network;

import jcompose.core.engine.EngineException;

/// Host ports of which a published port takes the first free one.
///
/// @param first 0 for any free port
record PortRange(int first, int last) {
  static final PortRange ANY = new PortRange(0, 0);

  /// Reads `8080` or `8000-8010`; empty or `0` is any.
  ///
  /// @throws EngineException.Invalid `invalid port specification: …`
  static PortRange parse(String text) {
    if (text.isEmpty() || text.equals("0")) {
      return ANY;
    }
    int dash = text.indexOf('-');
    try {
      int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
      if (first >= 1 && first <= last && last <= 65535) {
        return new PortRange(first, last);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new EngineException.Invalid(
        "invalid port specification: \"" + text + "\" is not a port from 1 to 65535, or a range");
  }
}
