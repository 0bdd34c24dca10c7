package jcompose.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.yaml.YamlScalar.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  private static YamlResult read(String text) {
    return new YamlReader(new YamlLimits(100_000, 50, 1_000)).read(new SourceFile("f.yaml", text));
  }

  private static YamlMapping mapping(String text) {
    YamlResult result = read(text);
    assertThat(result.problems()).isEmpty();
    return (YamlMapping) result.documents().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|BOOLEAN|true",
        "yes|STRING|yes",
        "on|STRING|on",
        "~|NULL|''",
        "010|INTEGER|8",
        "0o17|INTEGER|15",
        "0x1F|INTEGER|31",
        "0b11|INTEGER|3",
        "1_000|INTEGER|1000",
        "089|FLOAT|89",
        "1.50|FLOAT|1.5",
        "1e3|FLOAT|1000",
        "2024-01-02|TIMESTAMP|2024-01-02 00:00:00 +0000 UTC",
        "'1'|STRING|1",
        "1.2.3|STRING|1.2.3",
        "22:22|STRING|22:22",
        "!!str 1|STRING|1",
        "!unknown 1|STRING|1",
      })
  void a_word_has_the_type_compose_gives_it(String word, Kind kind, String text) {
    String yaml = word.equals("1") ? "'1'" : word;
    var scalar = (YamlScalar) Objects.requireNonNull(mapping("k: " + yaml).get("k"));

    assertThat(scalar.kind()).isEqualTo(kind);
    assertThat(scalar.text()).isEqualTo(text);
  }

  @Test
  void every_key_and_value_knows_where_it_stands() {
    YamlMapping mapping = mapping("a:\n  bc: [x, yz]\n");
    YamlEntry inner =
        Objects.requireNonNull(mapping.mapping("a").orElseThrow().entries().get("bc"));

    assertThat(inner.keyRange()).hasToString("f.yaml:2:3");
    assertThat(((YamlSequence) inner.value()).items().get(1).range()).hasToString("f.yaml:2:11");
  }

  @Test
  void own_keys_win_over_merged_ones_wherever_they_stand() {
    YamlMapping mapping =
        mapping("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {c: 3, <<: [*x, *y]}\n");

    assertThat(mapping.mapping("z").orElseThrow().entries())
        .extractingFromEntries(it -> it.getKey() + ((YamlScalar) it.getValue().value()).text())
        .containsExactlyInAnyOrder("a1", "b1", "c3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1;a: 2|f.yaml:2:1|already defined at line 1",
        "1: a|f.yaml:1:1|non-string key",
        "a: *b|f.yaml:1:4|unknown anchor",
        "a: &b [*b]|f.yaml:1:8|contains itself",
        "a: [|f.yaml:1:|",
        "a: {<<: 1}|f.yaml:1:5|map merge requires",
      })
  void a_mistake_has_a_place(String text, String place, String message) {
    Diagnostic problem = read(text.replace(';', '\n')).problems().getFirst();

    assertThat(problem.range().orElseThrow().toString()).startsWith(place);
    assertThat(problem.message()).contains(message == null ? "" : message);
  }

  @Test
  void a_tab_may_separate_but_not_indent() {
    assertThat(read("a:\tb\nc: |\n  x:\ty\n-\n".replace("-\n", "")).problems()).isEmpty();
    assertThat(read("a:\n\tb: c\n").problems()).isNotEmpty();
  }

  @Test
  void an_anchor_is_known_in_later_documents() {
    assertThat(read("a: &a 1\n---\nb: *a\n").problems()).isEmpty();
  }

  @Test
  void what_costs_too_much_is_refused() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
    }
    assertThat(read(bomb.toString()).problems().getFirst().code()).isEqualTo("yaml-aliases");
    assertThat(read("[".repeat(100)).problems().getFirst().code()).isEqualTo("yaml-too-deep");
    assertThat(read("x".repeat(100_001)).problems().getFirst().code()).isEqualTo("yaml-too-large");
  }

  @Property(tries = 2000)
  void any_text_gives_documents_or_problems(@ForAll String text) {
    YamlResult result = read(text);

    assertThat(result.documents().size() + result.problems().size()).isNotNegative();
  }
}
