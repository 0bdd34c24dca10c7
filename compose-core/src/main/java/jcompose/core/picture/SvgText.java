package jcompose.core.picture;

/// Text in an SVG file. Nothing can measure it here, so widths are estimates for the sans-serif
/// fonts that systems have, on the wide side.
final class SvgText {
  private SvgText() {}

  /// For an element or a quoted attribute; characters that XML forbids become question marks.
  static String escaped(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            it -> {
              switch (it) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(legal(it) ? it : '?');
              }
            });
    return out.toString();
  }

  private static boolean legal(int it) {
    return (it >= 0x20 && it <= 0xD7FF) || (it >= 0xE000 && it <= 0xFFFD) || it >= 0x10000;
  }

  /// @param size of the font, in the units of the result
  static double width(String text, double size) {
    return text.codePoints().mapToDouble(SvgText::em).sum() * size;
  }

  private static double em(int it) {
    if (it >= 0x1100) {
      return it >= 0x2190 && it <= 0x21FF ? 0.85 : 1.05; // arrows; East Asian and emoji
    }
    if ("iljtfrI.,:;|!'()[]/ -".indexOf(it) >= 0) {
      return 0.38;
    }
    if ("mwMW@%".indexOf(it) >= 0) {
      return 0.95;
    }
    return Character.isUpperCase(it) ? 0.72 : 0.62;
  }

  /// As much of a text as fits, its middle left out: both ends of an image's name tell the most.
  static String fitted(String text, double size, double room) {
    if (width(text, size) <= room) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    for (int kept = points.length - 1; kept > 1; kept--) {
      int head = (kept + 1) / 2;
      String shorter =
          new String(points, 0, head)
              + "…"
              + new String(points, points.length - (kept - head), kept - head);
      if (width(shorter, size) <= room) {
        return shorter;
      }
    }
    return "…";
  }
}
