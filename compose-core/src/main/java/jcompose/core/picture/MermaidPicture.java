package jcompose.core.picture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import jcompose.core.picture.Picture.Arrow;
import jcompose.core.picture.Picture.Mood;

/// A picture as a Mermaid flowchart, which code hosts draw in a Markdown file. Services are named
/// `s1`, `s2`, …; their own names are in quoted labels with everything that could end one, or be
/// read as markup, as a character code.
public final class MermaidPicture {
  private MermaidPicture() {}

  /// The text of one `flowchart`.
  public static String of(Picture picture) {
    var out = new StringBuilder("flowchart LR\n");
    SequencedMap<String, String> ids = Waves.ids(picture);
    Waves.of(picture)
        .forEach(
            (wave, boxes) -> {
              out.append("  subgraph wave").append(wave);
              out.append("[\"wave ").append(wave).append("\"]\n");
              boxes.forEach(
                  it ->
                      out.append("    ")
                          .append(ids.get(it.name()))
                          .append("[\"")
                          .append(
                              DotPicture.lines(it).stream()
                                  .map(MermaidPicture::coded)
                                  .collect(Collectors.joining("<br/>")))
                          .append("\"]\n"));
              out.append("  end\n");
            });
    for (Arrow arrow : picture.arrows()) {
      out.append("  ")
          .append(ids.get(arrow.from()))
          .append(arrow.required() ? " -->|\"" : " -.->|\"")
          .append(coded(arrow.label()))
          .append("\"| ")
          .append(ids.get(arrow.to()))
          .append('\n');
    }
    colours(picture, ids, out);
    return out.toString();
  }

  private static void colours(
      Picture picture, SequencedMap<String, String> ids, StringBuilder out) {
    var moods = new EnumMap<Mood, List<String>>(Mood.class);
    for (Picture.Box box : picture.services()) {
      box.live()
          .ifPresent(
              it ->
                  moods
                      .computeIfAbsent(it.mood(), _ -> new ArrayList<>())
                      .add(ids.getOrDefault(box.name(), "")));
    }
    moods.forEach(
        (mood, names) -> {
          String word = mood.name().toLowerCase(Locale.ROOT);
          out.append("  classDef ").append(word).append(" fill:").append(DotPicture.fill(mood));
          out.append(",stroke:#57606a,color:#1f2328\n");
          out.append("  class ").append(String.join(",", names)).append(' ').append(word);
          out.append('\n');
        });
  }

  private static String coded(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            it -> {
              if (Character.isLetterOrDigit(it) || " .,:/-_()+→×@".indexOf(it) >= 0) {
                out.appendCodePoint(it);
              } else {
                out.append('#').append(it).append(';');
              }
            });
    return out.toString();
  }
}
