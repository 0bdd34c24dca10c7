package jcompose.cli.settings;

/// A flag has a value that it cannot have; the message is docker's.
public final class InvalidFlag extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param flag all its names: `-f, --filter`
  public InvalidFlag(String flag, String value, String why) {
    super("invalid argument \"" + value + "\" for \"" + flag + "\" flag: " + why);
  }
}
