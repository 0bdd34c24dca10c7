package jcompose.cli.output;

/// Texts too long for a column.
public final class Cut {
  private Cut() {}

  /// The beginning and an ellipsis, together not longer than the width.
  public static String to(String text, int width) {
    if (text.codePointCount(0, text.length()) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }
}
