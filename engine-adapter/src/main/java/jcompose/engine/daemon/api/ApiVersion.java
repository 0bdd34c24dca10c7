package jcompose.engine.daemon.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of the Engine API, such as 1.45.
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  static final ApiVersion NEWEST = new ApiVersion(1, 45);
  static final ApiVersion OLDEST = new ApiVersion(1, 24);
  private static final Pattern PREFIX = Pattern.compile("/v([0-9]{1,4})\\.([0-9]{1,4})(/.*)");

  /// A path and the version it asked for.
  record Path(ApiVersion version, String rest) {}

  /// Takes `/v1.45` off the front of a path; without one it is the newest.
  ///
  /// @throws ApiException 400 for a version that is too old or too new
  static Path split(String path) {
    Matcher matcher = PREFIX.matcher(path);
    if (!matcher.matches()) {
      return new Path(NEWEST, path);
    }
    var asked =
        new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    if (asked.compareTo(OLDEST) < 0) {
      throw new ApiException(
          400,
          "client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer version"
              .formatted(asked, OLDEST));
    }
    if (asked.compareTo(NEWEST) > 0) {
      throw new ApiException(
          400,
          "client version %s is too new. Maximum supported API version is %s"
              .formatted(asked, NEWEST));
    }
    return new Path(asked, matcher.group(3));
  }

  boolean atLeast(int otherMinor) {
    return compareTo(new ApiVersion(1, otherMinor)) >= 0;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
