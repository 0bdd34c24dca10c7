package jcompose.engine.host.files;

import java.io.IOException;

/// A file call that the kernel refused.
public final class FileCallException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int errno;

  /// @param what the call and the path, `mkdir usr/lib`
  public FileCallException(String what, int errno) {
    super(what + ": " + Errno.text(errno));
    this.errno = errno;
  }

  public int errno() {
    return errno;
  }
}
