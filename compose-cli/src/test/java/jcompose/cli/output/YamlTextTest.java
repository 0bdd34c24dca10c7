package jcompose.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "=,=",
        "<<,<<",
        "yes,\"yes\"",
        "a: b,'a: b'",
        "2001-01-31,\"2001-01-31\"",
        "2001-13-45,2001-13-45",
        "\uD83D\uDE00,\"\\U0001F600\"",
        "\u00E9,\u00E9",
        "\u0085,\"\\N\""
      })
  void a_line_is_quoted_where_go_quotes_it(String text, String expected) {
    assertThat(YamlText.value(text, 0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"a;b,|-;  a;  b;", "a\tb;,|;  a\tb;", "' a;b',|2-;   a;  b;", "a ;b,\"a \\nb\""})
  void lines_are_a_block(String text, String expected) {
    assertThat(YamlText.value(text.replace(';', '\n'), 0)).isEqualTo(expected.replace(';', '\n'));
  }
}
