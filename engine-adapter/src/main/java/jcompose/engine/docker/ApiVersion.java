package jcompose.engine.docker;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The version of the Engine API that requests name. It begins with the one this package was
/// written for and follows the daemon only when that refuses it, so that no start pays for asking.
final class ApiVersion {
  /// What the requests and answers of this package look like.
  static final String OURS = "1.45";

  private static final Pattern BOUND =
      Pattern.compile(
          "(?:Maximum|Minimum) supported API version is (\\d+\\.\\d+)", Pattern.CASE_INSENSITIVE);

  private final boolean fixed;
  private volatile String current;
  private volatile String daemons = "";

  /// @param wanted of `DOCKER_API_VERSION`; empty to agree with the daemon
  ApiVersion(String wanted) {
    fixed = !wanted.isEmpty();
    current = fixed ? wanted : OURS;
  }

  String current() {
    return current;
  }

  boolean agreed() {
    return fixed || !daemons.isEmpty();
  }

  /// What goes before a request's path.
  String prefix(String path) {
    return path.startsWith("/_ping") ? "" : "/v" + current;
  }

  /// Takes note of the newest version a daemon says it speaks.
  void heard(@Nullable String newest) {
    if (newest == null || newest.isEmpty() || !daemons.isEmpty()) {
      return;
    }
    daemons = newest;
    if (!fixed && number(newest) < number(current)) {
      current = newest;
    }
  }

  /// Whether an answer asks for another version and the request is to be sent again with it.
  boolean adapts(int status, String message) {
    if (fixed || status != 400) {
      return false;
    }
    Matcher bound = BOUND.matcher(message.toLowerCase(Locale.ROOT));
    if (!bound.find() || bound.group(1).equals(current)) {
      return false;
    }
    current = bound.group(1);
    return true;
  }

  boolean atLeast(String other) {
    return number(current) >= number(other);
  }

  private static int number(String version) {
    int dot = version.indexOf('.');
    try {
      return Integer.parseInt(version.substring(0, dot)) * 1000
          + Integer.parseInt(version.substring(dot + 1));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return 0;
    }
  }
}
