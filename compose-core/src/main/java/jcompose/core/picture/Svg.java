package jcompose.core.picture;

import static jcompose.core.picture.SvgText.escaped;

import java.util.Locale;

/// The shapes that a drawing is made of.
final class Svg {
  private Svg() {}

  /// With at most one digit after the point, and the same on every machine.
  static String number(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(Locale.ROOT, "%.1f", rounded);
  }

  /// @param y of the line that letters stand on
  static void text(StringBuilder out, String style, double x, double y, String text) {
    out.append("<text class=\"").append(style).append("\" x=\"").append(number(x));
    out.append("\" y=\"").append(number(y)).append("\">").append(escaped(text)).append("</text>");
  }

  /// A rounded frame with a mark for a network or a volume.
  ///
  /// @param style `port`, `network`, `volume`
  /// @param colour of a network, -1 for none
  static void pill(StringBuilder out, String style, int colour, double x, double y, double width) {
    out.append("<rect class=\"pill\" x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" width=\"").append(number(width)).append("\" height=\"17\" rx=\"");
    out.append(style.equals("port") ? "3" : "8.5").append("\"/>");
    switch (style) {
      case "network" -> {
        out.append("<circle class=\"").append(colour < 0 ? "net" : "net n" + colour);
        out.append("\" cx=\"").append(number(x + 10)).append("\" cy=\"").append(number(y + 8.5));
        out.append("\" r=\"4\"/>");
      }
      case "volume" -> {
        out.append("<path class=\"drum\" d=\"M").append(number(x + 6)).append(' ');
        out.append(number(y + 5.5)).append("v6.5a4 1.6 0 0 0 8 0v-6.5a4 1.6 0 0 0 -8 0");
        out.append("a4 1.6 0 0 0 8 0\"/>");
      }
      default -> {
        // a port has no mark
      }
    }
  }
}
