package jcompose.core.picture;

import static jcompose.core.picture.SvgText.escaped;
import static jcompose.core.picture.SvgText.fitted;
import static jcompose.core.picture.SvgText.width;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jcompose.core.picture.Picture.Box;

/// One service, as it is drawn: its name, what it runs, and a pill for each port, volume, network.
final class SvgBox {
  static final double WIDTH = 222;
  private static final double MARGIN = 12;
  private static final double PILL = 17;
  private static final double FONT = 10.5;

  private final Box box;
  private final Map<String, Integer> colours;
  private final List<Pill> pills = new ArrayList<>();
  private final double height;

  private record Pill(String style, String text, double x, double y, double width) {}

  /// @param colours of networks, 0 to 7
  /// @param least height that the arrows which end here need
  SvgBox(Box box, Map<String, Integer> colours, double least) {
    this.box = box;
    this.colours = colours;
    this.height = Math.max(least, layPills(box.source().isEmpty() ? 32 : 48));
  }

  double height() {
    return height;
  }

  private double layPills(double top) {
    double[] at = {MARGIN, top};
    Waves.few(box.ports()).forEach(it -> lay(at, "port", it));
    Waves.few(box.volumes()).forEach(it -> lay(at, "volume", it));
    Waves.few(box.networks()).forEach(it -> lay(at, "network", it));
    return at[0] > MARGIN ? at[1] + PILL + 10 : at[1] + 2;
  }

  private void lay(double[] at, String style, String text) {
    double mark = style.equals("port") ? 0 : 12;
    String shown = fitted(text, FONT, WIDTH - 2 * MARGIN - 12 - mark);
    double wide = width(shown, FONT) + 12 + mark;
    if (at[0] > MARGIN && at[0] + wide > WIDTH - MARGIN) {
      at[0] = MARGIN;
      at[1] += PILL + 4;
    }
    pills.add(new Pill(style, text, at[0], at[1], wide));
    at[0] += wide + 5;
  }

  /// Draws it with its upper left corner at a place.
  void draw(StringBuilder out, double left, double top) {
    String mood = box.live().map(it -> " " + it.mood().name().toLowerCase(Locale.ROOT)).orElse("");
    out.append("<g transform=\"translate(").append(Svg.number(left)).append(' ');
    out.append(Svg.number(top)).append(")\"><title>");
    out.append(escaped(String.join("\n", DotPicture.lines(box)))).append("</title>");
    out.append("<rect class=\"box").append(mood).append("\" width=\"").append(Svg.number(WIDTH));
    out.append("\" height=\"").append(Svg.number(height)).append("\" rx=\"8\"/>");
    double corner = corner(out, mood);
    Svg.text(out, "name", MARGIN, 21, fitted(box.name(), 14.5, WIDTH - 2 * MARGIN - corner));
    if (!box.source().isEmpty()) {
      Svg.text(out, "dim", MARGIN, 38, fitted(box.source(), 11, WIDTH - 2 * MARGIN));
    }
    pills.forEach(it -> draw(out, it));
    out.append("</g>\n");
  }

  /// The upper right corner: the state, or how many replicas there are to be.
  ///
  /// @return its width
  private double corner(StringBuilder out, String mood) {
    String text =
        box.live().map(Picture.Live::text).orElse(box.replicas() == 1 ? "" : "×" + box.replicas());
    if (text.isEmpty()) {
      return 0;
    }
    double wide = width(text, FONT) + 12;
    out.append("<rect class=\"state").append(mood).append("\" x=\"");
    out.append(Svg.number(WIDTH - wide - 8)).append("\" y=\"8\" width=\"").append(Svg.number(wide));
    out.append("\" height=\"17\" rx=\"8.5\"/>");
    Svg.text(out, "small state-text" + mood, WIDTH - wide - 2, 20.5, text);
    return wide + 4;
  }

  private void draw(StringBuilder out, Pill pill) {
    Integer colour = colours.get(pill.text);
    boolean marked = !pill.style.equals("port");
    Svg.pill(out, pill.style, colour == null ? -1 : colour, pill.x, pill.y, pill.width);
    double room = pill.width - 12 - (marked ? 12 : 0) + 0.5;
    Svg.text(
        out, "small", pill.x + (marked ? 18 : 6), pill.y + 12.5, fitted(pill.text, FONT, room));
  }
}
