package jcompose.core.interpolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jcompose.core.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvFileTest {
  private static EnvFile parse(String text) {
    return EnvFile.parse(new SourceFile(".env", text), Variables.of(Map.of("OUT", "out"), "test"));
  }

  private static Map<String, Optional<String>> values(EnvFile file) {
    var values = new LinkedHashMap<String, Optional<String>>();
    file.entries().forEach((name, entry) -> values.put(name, entry.value()));
    return values;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "K=v              | v",
        "K = v            | v",
        "K: v             | v",
        "export K=v       | v",
        "K=               | ``",
        "K=a b # c        | a b",
        "K=a#b            | a#b",
        "K='a $OUT'       | a $OUT",
        "K=\"a $OUT\"     | a out",
        "K=a $OUT         | a out",
        "K=\"a # b\" # c  | a # b",
        "K=\"\\\"q\\\"\"  | \"q\"",
        "K=\"\\$OUT\"     | $OUT",
        "K=${NO:-d}       | d",
        "A='1' K=v        | v",
        "A=\"1\"#c;K=v     | v",
        "K=\"\\0101\\0777\" | A\\777",
      })
  void a_line_has_a_value(String line, String expected) {
    assertThat(values(parse(line.replace(';', '\n')))).containsEntry("K", Optional.of(expected));
  }

  @Test
  void quoted_values_span_lines_and_later_lines_see_earlier_ones() {
    EnvFile file = parse("\uFEFFA=\"one\ntwo\"\r\nB=$A!\r\n\n# comment\nBARE\r\n");

    assertThat(values(file))
        .containsExactly(
            Map.entry("A", Optional.of("one\ntwo")),
            Map.entry("B", Optional.of("one\ntwo!")),
            Map.entry("BARE", Optional.empty()));
    assertThat(Objects.requireNonNull(file.entries().get("B")).range().line()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"=v|v", "A=1;B|B", "A=1;export B|B", "A;=|''"})
  void an_empty_name_gets_what_has_none(String text, String value) {
    EnvFile file = parse(text.replace(';', '\n'));

    assertThat(file.problems()).isEmpty();
    assertThat(values(file)).containsEntry("", Optional.of(value));
  }

  @Test
  void a_variable_that_is_not_set_is_named_once() {
    EnvFile file = parse("A=$NO$OUT\nB=\"${NO}\"\nC='$NO'\nD=${NO:-d}\nE=${NO+e}");

    assertThat(file.problems())
        .singleElement()
        .extracting(it -> it.message())
        .asString()
        .contains("NO");
    assertThat(values(file)).containsEntry("A", Optional.of("out"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A=1;B!=2|2|unexpected character",
        "A=\"x|1|unterminated quoted value",
        "A='x'y'|1|unexpected character",
        "A B=1|1|space"
      })
  void a_wrong_line_is_named(String text, int line, String message) {
    var problem = parse(text.replace(';', '\n')).problems().getFirst();

    assertThat(problem.message()).contains(message);
    assertThat(problem.range().orElseThrow().line()).isEqualTo(line);
  }
}
