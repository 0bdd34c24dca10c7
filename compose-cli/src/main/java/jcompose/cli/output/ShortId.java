package jcompose.cli.output;

/// Ids as docker's tables show them.
public final class ShortId {
  private static final int LENGTH = 12;

  private ShortId() {}

  /// @param whole as it is
  public static String of(String id, boolean whole) {
    if (whole) {
      return id;
    }
    String digits = id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
    return digits.substring(0, Math.min(LENGTH, digits.length()));
  }
}
