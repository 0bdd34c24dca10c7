package jcompose.cli.copy;

/// A copy that cannot be made; the message says why.
public final class CopyFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CopyFailed(String message) {
    super(message);
  }

  CopyFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
