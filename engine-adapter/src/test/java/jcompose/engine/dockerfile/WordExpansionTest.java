package jcompose.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordExpansionTest {
  private static final Map<String, String> VARIABLES =
      Map.of("v", "value", "empty", "", "path", "a/b/c.tar.gz", "ports", "80 443", "star", "a*b");

  private static WordExpansion expansion(char escape) {
    return new WordExpansion(escape, name -> Optional.ofNullable(VARIABLES.get(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "plain               | plain",
        "$v                  | value",
        "${v}x               | valuex",
        "$vx-                | -",
        "$none-              | -",
        "${none:-default}    | default",
        "${empty:-default}   | default",
        "${empty-default}    | ~~",
        "${none-${v}}        | value",
        "${none:-a$v'b}'}    | avalueb}",
        "${v:+set}           | set",
        "${empty:+set}       | ~~",
        "${empty+set}        | set",
        "${none+set}         | ~~",
        "${v:?wrong}         | value",
        "${empty?wrong}      | ~~",
        "${path#*/}          | b/c.tar.gz",
        "${path##*/}         | c.tar.gz",
        "${path%.*}          | a/b/c.tar",
        "${path%%.*}         | a/b/c",
        "${path%nothing}     | a/b/c.tar.gz",
        "${path/\\//-}       | a-b/c.tar.gz",
        "${path//\\//-}      | a-b-c.tar.gz",
        "${star/\\*/-}       | a-b",
        "${v/?a/x}           | xlue",
        "\\$v                | $v",
        "'$v'                | $v",
        "\"$v\"              | value",
        "\"\\$v \\x \\\"\"   | $v \\x \"",
        "a\\ b               | a b",
        "a\\xb               | axb",
        "$                   | $",
        "a$.b                | a$.b",
        "$1x                 | x",
        "'a'\"b\"c           | abc"
      })
  void a_word_is_expanded_as_a_shell_does(String word, String expected) {
    assertThat(expansion('\\').expand(word)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'open            | single-quote",
        "\"open           | double-quote",
        "${v              | bad substitution",
        "${v:-open        | missing '}'",
        "${}              | bad substitution",
        "${v!x}           | unsupported modifier (!)",
        "${v:x}           | unsupported modifier (:x)",
        "${none:?say why} | none: say why",
        "${none?}         | none: not allowed to be unset"
      })
  void what_cannot_be_expanded_says_why(String word, String expected) {
    assertThatThrownBy(() -> expansion('\\').expand(word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void the_escape_directive_moves_the_escape_character() {
    assertThat(expansion('`').expand("C:\\dir`$v\\$v")).isEqualTo("C:\\dir$v\\value");
  }

  @Test
  void only_unquoted_blanks_part_words() {
    assertThat(expansion('\\').expandToWords("$ports \"$ports\" 9"))
        .containsExactly("80", "443", "80 443", "9");
  }

  @Test
  void a_document_keeps_its_quotes() {
    assertThat(expansion('\\').expandDocument("a='$v' \\$v \\n\n")).isEqualTo("a='value' $v \\n\n");
  }

  @Test
  void a_hostile_pattern_takes_no_exponential_time() {
    var slow = new WordExpansion('\\', _ -> Optional.of("a".repeat(2_000)));
    assertThat(slow.expand("${v##" + "*a".repeat(200) + "b}")).hasSize(2_000);
  }
}
