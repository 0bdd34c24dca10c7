package jcompose.cli.settings;

/// Exit codes that are no container's.
public final class ExitStatus {
  public static final int OK = 0;
  public static final int FAILED = 1;

  /// Ended by Ctrl-C.
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
