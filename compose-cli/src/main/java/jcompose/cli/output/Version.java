package jcompose.cli.output;

/// The program's version.
public final class Version {
  /// As in the parent pom; a test holds them together.
  public static final String NUMBER = "0.1.0";

  private Version() {}
}
