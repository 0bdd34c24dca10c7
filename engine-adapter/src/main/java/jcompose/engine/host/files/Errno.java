package jcompose.engine.host.files;

/// Error numbers of Linux (the same on all machines that run the JDK) that callers tell apart.
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EEXIST = 17;
  public static final int EXDEV = 18;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ERANGE = 34;
  public static final int ENOTEMPTY = 39;
  public static final int ELOOP = 40;
  public static final int ENODATA = 61;
  public static final int ENOTSUP = 95;

  private Errno() {}

  /// The number in words, as strerror(3) has them for the frequent ones.
  public static String text(int errno) {
    return switch (errno) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such file or directory";
      case 13 -> "permission denied";
      case EEXIST -> "file exists";
      case EXDEV -> "it would leave its root";
      case ENOTDIR -> "not a directory";
      case EISDIR -> "is a directory";
      case EINVAL -> "invalid argument";
      case ENOSPC -> "no space left on device";
      case 30 -> "read-only file system";
      case 36 -> "file name too long";
      case ENOTEMPTY -> "directory not empty";
      case ELOOP -> "too many levels of symbolic links";
      case ENOTSUP -> "operation not supported";
      case 122 -> "disk quota exceeded";
      default -> "error number " + errno;
    };
  }
}
