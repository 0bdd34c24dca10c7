package jcompose.cli.settings;

/// The command line cannot be understood; the message says what to change.
public final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageError(String message) {
    super(message);
  }
}
