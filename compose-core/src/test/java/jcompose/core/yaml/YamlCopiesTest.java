package jcompose.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import jcompose.core.source.SourceFile;
import org.junit.jupiter.api.Test;

/// Phases change little of a tree; the rest is not copied.
class YamlCopiesTest {
  private static YamlMapping mapping(String text) {
    var result = new YamlReader(YamlLimits.DEFAULT).read(new SourceFile("f", text));
    return (YamlMapping) result.documents().getFirst();
  }

  @Test
  void a_mapping_of_which_nothing_changes_is_itself() {
    YamlMapping tree = mapping("a: 1\nb: {c: 2}\n");

    assertThat(tree.eachEntry((_, entry) -> entry.with(entry.value()))).isSameAs(tree);
    assertThat(tree.with("a", Objects.requireNonNull(tree.get("a")))).isSameAs(tree);
  }

  @Test
  void entries_before_and_after_a_change_stay_in_order() {
    YamlMapping tree = mapping("a: 1\nb: 2\nc: 3\nd: 4\n");

    YamlMapping changed =
        tree.eachEntry(
            (key, entry) ->
                switch (key) {
                  case "b" -> entry.with(YamlScalar.string("x", entry.value().origin()));
                  case "c" -> null;
                  default -> entry;
                });

    assertThat(changed.entries().keySet()).containsExactly("a", "b", "d");
    assertThat(changed.text("b")).contains("x");
    assertThat(changed.get("d")).isSameAs(tree.get("d"));
  }

  @Test
  void a_list_of_which_nothing_changes_is_itself() {
    YamlSequence list = mapping("a: [1, 2, 3]\n").sequence("a").orElseThrow();

    assertThat(list.eachItem((_, item) -> item)).isSameAs(list);
    assertThat(list.eachItem((i, item) -> i == 1 ? null : item).items())
        .containsExactly(list.items().get(0), list.items().get(2));
  }

  @Test
  void what_is_the_same_has_one_hash() {
    YamlMapping tree = mapping("a: {x: [1, b], y: 2}\nb: {y: 2, x: [1, b]}\n");
    YamlNode one = Objects.requireNonNull(tree.get("a"));
    YamlNode other = Objects.requireNonNull(tree.get("b"));

    assertThat(YamlNode.same(one, other)).isTrue();
    assertThat(YamlNode.contentHash(one)).isEqualTo(YamlNode.contentHash(other));
  }
}
