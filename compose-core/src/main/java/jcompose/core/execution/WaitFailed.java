package jcompose.core.execution;

/// What was waited for will not come; the message says why.
public final class WaitFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WaitFailed(String message) {
    super(message);
  }
}
