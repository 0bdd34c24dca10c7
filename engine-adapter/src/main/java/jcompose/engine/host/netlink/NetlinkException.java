package jcompose.engine.host.netlink;

import java.util.Map;

/// The kernel refused a request.
public final class NetlinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EOPNOTSUPP = 95;
  public static final int EADDRNOTAVAIL = 99;

  private static final Map<Integer, String> TEXT =
      Map.of(
          EPERM,
          "operation not permitted",
          ENOENT,
          "no such file or directory",
          ESRCH,
          "no such process",
          EEXIST,
          "file exists",
          ENODEV,
          "no such device",
          22,
          "invalid argument",
          EOPNOTSUPP,
          "operation not supported",
          98,
          "address already in use",
          EADDRNOTAVAIL,
          "cannot assign requested address",
          101,
          "network is unreachable");

  private final int errno;

  /// @param explanation the kernel's own words (extended acknowledgement), or empty
  NetlinkException(String request, int errno, String explanation) {
    super(
        request
            + ": "
            + TEXT.getOrDefault(errno, "errno " + errno)
            + (explanation.isEmpty() ? "" : " (" + explanation + ")"));
    this.errno = errno;
  }

  public int errno() {
    return errno;
  }
}
