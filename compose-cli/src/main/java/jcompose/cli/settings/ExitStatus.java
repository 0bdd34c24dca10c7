package jcompose.cli.settings;

/// Exit codes that are no container's.
public final class ExitStatus {
  public static final int OK = 0;
  public static final int FAILED = 1;

  /// The command line cannot be understood.
  public static final int USAGE = 16;

  /// Ended by Ctrl-C.
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
