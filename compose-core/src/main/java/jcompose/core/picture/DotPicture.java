package jcompose.core.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import jcompose.core.picture.Picture.Arrow;
import jcompose.core.picture.Picture.Box;
import jcompose.core.picture.Picture.Mood;

/// A picture in the language of Graphviz. Services are named `s1`, `s2`, …; their own names are in
/// quoted labels, where only the quote and the backslash mean something.
public final class DotPicture {
  private DotPicture() {}

  /// The text of one `digraph`.
  public static String of(Picture picture) {
    var out = new StringBuilder();
    out.append("digraph ").append(quoted(picture.project())).append(" {\n");
    out.append("  graph [rankdir=LR, fontname=\"Helvetica\", labelloc=t, label=")
        .append(quoted(picture.project()))
        .append("];\n");
    out.append("  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\",")
        .append(" fontname=\"Helvetica\", fontsize=11];\n");
    out.append("  edge [fontname=\"Helvetica\", fontsize=9, color=\"#57606a\"];\n");
    SequencedMap<String, String> ids = Waves.ids(picture);
    Waves.of(picture)
        .forEach(
            (wave, boxes) -> {
              out.append("  subgraph cluster_wave").append(wave).append(" {\n");
              out.append("    label=\"wave ").append(wave).append("\"; color=\"#d0d7de\";\n");
              boxes.forEach(
                  it ->
                      out.append("    ")
                          .append(ids.get(it.name()))
                          .append(" [label=")
                          .append(quoted(String.join("\n", lines(it))))
                          .append(colour(it))
                          .append("];\n"));
              out.append("  }\n");
            });
    for (Arrow arrow : picture.arrows()) {
      out.append("  ")
          .append(ids.get(arrow.from()))
          .append(" -> ")
          .append(ids.get(arrow.to()))
          .append(" [label=")
          .append(quoted(arrow.label()))
          .append(arrow.required() ? "" : ", style=dashed")
          .append("];\n");
    }
    return out.append("}\n").toString();
  }

  /// What a box says, one line each; shared with the other formats that only have text.
  static List<String> lines(Box box) {
    var lines = new ArrayList<String>();
    lines.add(box.replicas() == 1 ? box.name() : box.name() + " ×" + box.replicas());
    if (!box.source().isEmpty()) {
      lines.add(box.source());
    }
    line(lines, "ports", box.ports());
    line(lines, "networks", box.networks());
    line(lines, "volumes", box.volumes());
    box.live().ifPresent(it -> lines.add(it.text()));
    return lines;
  }

  private static void line(List<String> lines, String title, List<String> words) {
    if (!words.isEmpty()) {
      lines.add(title + ": " + String.join(", ", Waves.few(words)));
    }
  }

  private static String colour(Box box) {
    return box.live().map(it -> ", fillcolor=\"" + fill(it.mood()) + "\"").orElse("");
  }

  /// A pale colour that black text can be read on.
  static String fill(Mood mood) {
    return switch (mood) {
      case HEALTHY -> "#b4f1c4";
      case RUNNING -> "#d5f5dd";
      case WAITING -> "#fff3c4";
      case DONE -> "#dbe9ff";
      case FAILED -> "#ffd7d5";
      case MISSING -> "#eaeef2";
    };
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "").replace("\n", "\\n")
        + '"';
  }
}
