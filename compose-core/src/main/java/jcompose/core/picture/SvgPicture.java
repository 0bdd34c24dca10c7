package jcompose.core.picture;

import static jcompose.core.picture.SvgText.escaped;
import static jcompose.core.picture.SvgText.width;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jcompose.core.picture.Layers.Item;
import jcompose.core.picture.Picture.Arrow;
import jcompose.core.picture.Picture.Box;
import jcompose.core.picture.Picture.Shared;

/// A picture as an SVG file that stands alone: no script, no font, no other file. It has a ground
/// of its own, and dark colours where the reader's are.
public final class SvgPicture {
  private static final double EDGE = 24;
  private static final double HEAD = 52;
  private static final double GAP = 18;
  private static final double ARROW = 8;
  private static final double LANE = 19;
  private static final double LABEL_FONT = 10;
  private static final int NETWORK_COLOURS = 8;

  private final Picture picture;
  private final Map<String, Integer> colours = new HashMap<>();
  private final Map<Item, SvgBox> boxes = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder();
  private double right;
  private double bottom;

  private SvgPicture(Picture picture) {
    this.picture = picture;
    for (Shared network : picture.networks()) {
      colours.put(network.key(), colours.size() % NETWORK_COLOURS);
    }
  }

  /// The text of one `svg` document.
  public static String of(Picture picture) {
    return new SvgPicture(picture).draw();
  }

  private String draw() {
    List<List<Item>> columns = Layers.of(picture).columns();
    measure(columns);
    Heights.set(columns, GAP, EDGE + HEAD + 34);
    right = EDGE + Math.max(420, width(picture.project(), 20));
    bottom = EDGE + HEAD;
    for (Item item : columns.stream().flatMap(List::stream).toList()) {
      right = Math.max(right, item.x + item.width + 14);
      bottom = Math.max(bottom, item.y + item.height + 14);
    }
    bands(columns);
    columns.forEach(it -> it.forEach(this::lines));
    columns.forEach(it -> it.forEach(this::labels));
    boxes.forEach((item, box) -> box.draw(out, item.x, item.y));
    alone();
    legend();
    return framed();
  }

  /// Widths, heights, and where each column begins: what ends in it needs room for its label.
  private void measure(List<List<Item>> columns) {
    double x = EDGE + 14;
    for (List<Item> column : columns) {
      double label = 0;
      for (Item item : column) {
        label = Math.max(label, labelRoom(item));
      }
      boolean first = boxes.isEmpty();
      x += label == 0 ? (first ? 0 : 34) : label + 58;
      for (Item item : column) {
        item.x = x;
        item.width = SvgBox.WIDTH;
        item.height = 6;
        if (item.box.isPresent()) {
          var box = new SvgBox(item.box.get(), colours, item.ends.size() * LANE + 8);
          item.height = box.height();
          boxes.put(item, box);
        }
      }
      x += SvgBox.WIDTH + 14;
    }
  }

  private static double labelRoom(Item item) {
    return item.ends.keySet().stream()
        .mapToDouble(it -> width(it.label(), LABEL_FONT) + 12)
        .max()
        .orElse(0);
  }

  /// A stripe behind each wave with its number.
  private void bands(List<List<Item>> columns) {
    for (int i = 0; i < columns.size(); i++) {
      int wave = wave(columns.get(i));
      int end = i;
      while (end + 1 < columns.size() && wave(columns.get(end + 1)) == wave) {
        end++;
      }
      double left = columns.get(i).getFirst().x - 14;
      double wide = columns.get(end).getFirst().x + SvgBox.WIDTH + 14 - left;
      out.append("<rect class=\"band\" x=\"").append(Svg.number(left)).append("\" y=\"");
      out.append(Svg.number(EDGE + HEAD)).append("\" width=\"").append(Svg.number(wide));
      out.append("\" height=\"").append(Svg.number(bottom - EDGE - HEAD)).append("\" rx=\"10\"/>");
      Svg.text(out, "wave", left + 14, EDGE + HEAD + 21, "wave " + wave);
      out.append('\n');
      i = end;
    }
  }

  private static int wave(List<Item> column) {
    return column.stream().flatMap(it -> it.box.stream()).mapToInt(Box::wave).max().orElse(0);
  }

  /// The lines that end at an item, and the stretch past a column when it is a bend.
  private void lines(Item item) {
    if (item.box.isEmpty()) {
      Item from = item.left.getFirst();
      curve("line", from, item.x - 14, item.middle());
      out.append("<path class=\"line\" d=\"M").append(point(item.x - 14, item.middle()));
      out.append('H').append(Svg.number(item.x + item.width)).append("\"/>\n");
      return;
    }
    double y = firstLane(item);
    for (Map.Entry<Arrow, Item> end : byHeight(item)) {
      double label = width(end.getKey().label(), LABEL_FONT) + 12;
      String style = end.getKey().required() ? "line" : "line optional";
      double bend = item.x - ARROW - labelRoom(item) - 6;
      curve(style, end.getValue(), bend, y);
      out.append("<path class=\"").append(style).append("\" d=\"M").append(point(bend, y));
      out.append('H').append(Svg.number(item.x - ARROW - label)).append("\"/>");
      out.append("<path class=\"tip\" d=\"M").append(point(item.x, y)).append("l-8 -4v8z\"/>\n");
      y += LANE;
    }
  }

  private void curve(String style, Item from, double x, double y) {
    double start = from.x + from.width;
    double pull = (x - start) / 2;
    out.append("<path class=\"").append(style).append("\" d=\"M");
    out.append(point(start, from.middle())).append('C').append(point(start + pull, from.middle()));
    out.append(' ').append(point(x - pull, y)).append(' ').append(point(x, y)).append("\"/>");
  }

  private void labels(Item item) {
    double y = firstLane(item);
    for (Map.Entry<Arrow, Item> end : byHeight(item)) {
      Arrow arrow = end.getKey();
      double wide = width(arrow.label(), LABEL_FONT) + 12;
      String style =
          switch (arrow.condition()) {
            case SERVICE_STARTED -> "started";
            case SERVICE_HEALTHY -> "until-healthy";
            case SERVICE_COMPLETED_SUCCESSFULLY -> "until-done";
          };
      double left = item.x - ARROW - wide;
      out.append("<g><title>")
          .append(escaped(arrow.to() + " waits for " + arrow.from() + ": " + arrow.label()))
          .append("</title><rect class=\"label ")
          .append(style)
          .append("\" x=\"");
      out.append(Svg.number(left))
          .append("\" y=\"")
          .append(Svg.number(y - 8))
          .append("\" width=\"");
      out.append(Svg.number(wide)).append("\" height=\"16\" rx=\"8\"/>");
      Svg.text(out, "tiny " + style, left + 6, y + 3.5, arrow.label());
      out.append("</g>\n");
      y += LANE;
    }
  }

  private static double firstLane(Item item) {
    return item.middle() - (item.ends.size() - 1) * LANE / 2;
  }

  private static List<Map.Entry<Arrow, Item>> byHeight(Item item) {
    return item.ends.entrySet().stream()
        .sorted(Comparator.comparingDouble(it -> it.getValue().middle()))
        .toList();
  }

  private static String point(double x, double y) {
    return Svg.number(x) + " " + Svg.number(y);
  }

  /// Services that no arrow touches, in rows below.
  private void alone() {
    Set<String> joined = new HashSet<>();
    boxes.keySet().forEach(it -> joined.add(it.box.map(Box::name).orElse("")));
    List<Box> alone =
        picture.services().stream().filter(it -> !joined.contains(it.name())).toList();
    if (alone.isEmpty()) {
      return;
    }
    double step = SvgBox.WIDTH + GAP;
    int fit = (int) ((right - EDGE - 28 + GAP) / step);
    int across = Math.max(fit, Math.min(6, (int) Math.ceil(Math.sqrt(alone.size()))));
    right = Math.max(right, EDGE + 28 + across * step - GAP);
    double top = bottom + (boxes.isEmpty() ? 0 : GAP);
    var shapes = new StringBuilder();
    double y = top + 34;
    for (int i = 0; i < alone.size(); i += across) {
      var row = new ArrayList<SvgBox>();
      double height = 0;
      for (Box box : alone.subList(i, Math.min(alone.size(), i + across))) {
        var drawn = new SvgBox(box, colours, 0);
        row.add(drawn);
        height = Math.max(height, drawn.height());
      }
      double x = EDGE + 14;
      for (SvgBox box : row) {
        box.draw(shapes, x, y);
        x += step;
      }
      y += height + GAP;
    }
    bottom = y - GAP + 14;
    out.append("<rect class=\"band\" x=\"").append(Svg.number(EDGE)).append("\" y=\"");
    out.append(Svg.number(top)).append("\" width=\"").append(Svg.number(right - EDGE));
    out.append("\" height=\"").append(Svg.number(bottom - top)).append("\" rx=\"10\"/>");
    String title = boxes.isEmpty() ? "wave 1" : "wave 1, and nothing waits for these";
    Svg.text(out, "wave", EDGE + 14, top + 21, title);
    out.append('\n').append(shapes);
  }

  /// The networks and volumes, and what an arrow means.
  private void legend() {
    double[] at = {EDGE, bottom + GAP};
    for (Shared network : picture.networks()) {
      legend(at, "network", network, colours.getOrDefault(network.key(), -1));
    }
    for (Shared volume : picture.volumes()) {
      legend(at, "volume", volume, -1);
    }
    bottom = at[0] > EDGE ? at[1] + 17 : bottom;
    if (!picture.arrows().isEmpty()) {
      String text = "a → b: b starts once a is as the arrow says; a dashed arrow is optional";
      Svg.text(out, "dim", EDGE, bottom + 22, text);
      bottom += 24;
    }
  }

  private void legend(double[] at, String style, Shared what, int colour) {
    double wide = width(what.label(), 10.5) + 24;
    if (at[0] > EDGE && at[0] + wide > right) {
      at[0] = EDGE;
      at[1] += 22;
    }
    Svg.pill(out, style, colour, at[0], at[1], wide);
    Svg.text(out, "small", at[0] + 18, at[1] + 12.5, what.label());
    out.append('\n');
    at[0] += wide + 8;
  }

  private String framed() {
    String wide = Svg.number(right + EDGE);
    String high = Svg.number(bottom + EDGE);
    var page = new StringBuilder();
    page.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(wide);
    page.append("\" height=\"").append(high).append("\" viewBox=\"0 0 ").append(wide).append(' ');
    page.append(high).append("\" role=\"img\">\n<title>");
    page.append(escaped("services of " + picture.project())).append("</title>\n");
    page.append("<style>\n").append(SvgStyle.CSS).append("</style>\n");
    page.append("<rect class=\"ground\" width=\"").append(wide).append("\" height=\"").append(high);
    page.append("\" rx=\"12\"/>\n");
    Svg.text(page, "project", EDGE, EDGE + 22, picture.project());
    int count = picture.services().size();
    Svg.text(page, "dim", EDGE, EDGE + 41, count + (count == 1 ? " service" : " services"));
    return page.append('\n').append(out).append("</svg>\n").toString();
  }
}
