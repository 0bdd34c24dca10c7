package jcompose.core.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import jcompose.core.model.Dependency.Condition;
import jcompose.core.picture.Picture.Arrow;
import jcompose.core.picture.Picture.Box;
import jcompose.core.picture.Picture.Live;
import jcompose.core.picture.Picture.Mood;
import jcompose.core.picture.Picture.Shared;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

final class PictureTest {
  private static final String WEIRD = "a\"b<c>&d\\'`#\u0001";

  private static Box box(String name, int wave, String source) {
    return new Box(name, wave, source, 1, List.of(), List.of("back"), List.of(), Optional.empty());
  }

  private static final Picture SHOP =
      new Picture(
          "shop",
          List.of(
              new Box(
                  "web",
                  2,
                  "build ./web",
                  2,
                  List.of("8080→80"),
                  List.of("back"),
                  List.of(),
                  Optional.empty()),
              new Box(
                  "db",
                  1,
                  WEIRD,
                  1,
                  List.of(),
                  List.of("back"),
                  List.of("data"),
                  Optional.of(new Live(Mood.HEALTHY, "healthy")))),
          List.of(new Arrow("db", "web", Condition.SERVICE_HEALTHY, false, true)),
          List.of(new Shared("back", "internal")),
          List.of(new Shared("data", "external")));

  @Test
  void dot_escapes_quotes_and_backslashes() {
    assertThat(DotPicture.of(SHOP))
        .isEqualTo(
            """
            digraph "shop" {
              graph [rankdir=LR, fontname="Helvetica", labelloc=t, label="shop"];
              node [shape=box, style="rounded,filled", fillcolor="#ffffff", fontname="Helvetica", fontsize=11];
              edge [fontname="Helvetica", fontsize=9, color="#57606a"];
              subgraph cluster_wave1 {
                label="wave 1"; color="#d0d7de";
                s2 [label="db\\na\\"b<c>&d\\\\'`#\u0001\\nnetworks: back\\nvolumes: data\\nhealthy", fillcolor="#b4f1c4"];
              }
              subgraph cluster_wave2 {
                label="wave 2"; color="#d0d7de";
                s1 [label="web ×2\\nbuild ./web\\nports: 8080→80\\nnetworks: back"];
              }
              s2 -> s1 [label="healthy, optional, restart", style=dashed];
            }
            """);
  }

  @Test
  void mermaid_writes_what_could_end_a_label_as_codes() {
    assertThat(MermaidPicture.of(SHOP))
        .isEqualTo(
            """
            flowchart LR
              subgraph wave1["wave 1"]
                s2["db<br/>a#34;b#60;c#62;#38;d#92;#39;#96;#35;#1;<br/>networks: back<br/>volumes: data<br/>healthy"]
              end
              subgraph wave2["wave 2"]
                s1["web ×2<br/>build ./web<br/>ports: 8080→80<br/>networks: back"]
              end
              s2 -.->|"healthy, optional, restart"| s1
              classDef healthy fill:#b4f1c4,stroke:#57606a,color:#1f2328
              class s2 healthy
            """);
  }

  @Test
  void svg_is_xml_that_shows_every_name_and_condition() throws Exception {
    Element svg = parsed(SvgPicture.of(SHOP));

    assertThat(texts(svg, "text"))
        .contains(
            "shop",
            "2 services",
            "wave 1",
            "wave 2",
            "web",
            "×2",
            "build ./web",
            "8080→80",
            "db",
            "healthy",
            "data",
            "back",
            "a\"b<c>&d\\'`#?",
            "back (internal)",
            "data (external)",
            "healthy, optional, restart");
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void boxes_never_overlap_and_stay_inside() throws Exception {
    var random = new Random(7);
    for (int size : List.of(0, 1, 3, 12, 50, 90)) {
      List<double[]> boxes = boxes(parsed(SvgPicture.of(random(size, random))));
      assertThat(boxes).hasSize(size);
      for (int i = 0; i < size; i++) {
        double[] one = boxes.get(i);
        assertThat(one[0]).isNotNegative();
        for (double[] other : boxes.subList(i + 1, size)) {
          boolean apart =
              one[0] + one[2] <= other[0]
                  || other[0] + other[2] <= one[0]
                  || one[1] + one[3] <= other[1]
                  || other[1] + other[3] <= one[1];
          assertThat(apart).as("%s services", size).isTrue();
        }
      }
    }
  }

  @Test
  void drawing_is_the_same_each_time() {
    Function<Integer, String> draw = seed -> SvgPicture.of(random(40, new Random(seed)));

    assertThat(draw.apply(1)).isEqualTo(draw.apply(1));
  }

  @Test
  void long_texts_lose_their_middle() {
    assertThat(SvgText.fitted("registry.example.com/team/name:1.2.3", 11, 120))
        .startsWith("registry")
        .contains("…")
        .endsWith(":1.2.3");
    assertThat(SvgText.fitted("short", 11, 120)).isEqualTo("short");
  }

  private static Picture random(int size, Random random) {
    var boxes = new ArrayList<Box>();
    var arrows = new ArrayList<Arrow>();
    for (int i = 0; i < size; i++) {
      int wave = 1;
      for (int tries = random.nextInt(4); tries > 0 && i > 0; tries--) {
        Box other = boxes.get(random.nextInt(i));
        wave = Math.max(wave, other.wave() + 1);
        arrows.add(
            new Arrow(
                other.name(),
                "s" + i,
                List.of(Condition.values()).get(random.nextInt(3)),
                random.nextBoolean(),
                random.nextBoolean()));
      }
      boxes.add(box("s" + i, wave, "image:" + i));
    }
    return new Picture(
        "p",
        boxes,
        arrows.stream().distinct().toList(),
        List.of(new Shared("back", "")),
        List.of());
  }

  private static Element parsed(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }

  private static List<String> texts(Element svg, String tag) {
    var texts = new ArrayList<String>();
    var found = svg.getElementsByTagName(tag);
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  /// Left, top, width, height of each box.
  private static List<double[]> boxes(Element svg) {
    var boxes = new ArrayList<double[]>();
    var found = svg.getElementsByTagName("rect");
    for (int i = 0; i < found.getLength(); i++) {
      var rect = (Element) found.item(i);
      if (rect.getAttribute("class").startsWith("box")) {
        String at = ((Element) rect.getParentNode()).getAttribute("transform");
        String[] place = at.substring("translate(".length(), at.length() - 1).split(" ", -1);
        boxes.add(
            new double[] {
              Double.parseDouble(place[0]),
              Double.parseDouble(place[1]),
              Double.parseDouble(rect.getAttribute("width")),
              Double.parseDouble(rect.getAttribute("height"))
            });
      }
    }
    return boxes;
  }
}
