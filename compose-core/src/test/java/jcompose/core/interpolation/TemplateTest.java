package jcompose.core.interpolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Variables VARIABLES =
      Variables.of(Map.of("A", "a", "E", "", "N", "1"), "test");

  private static Either<String, String> substitute(String text) {
    return Template.parse(text).flatMap(it -> it.substitute(VARIABLES, (_, _) -> {}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain            | plain",
        "$A               | a",
        "${A}b            | ab",
        "$A-$N            | a-1",
        "${U}             | ``",
        "${U-d}           | d",
        "${E-d}           | ``",
        "${E:-d}          | d",
        "${A:-d}          | a",
        "${U:-${A}}       | a",
        "${U:-${V:-${A}}} | a",
        "${U:-{x}}        | {x}",
        "${A+r}           | r",
        "${U+r}           | ``",
        "${E+r}           | r",
        "${E:+r}          | ``",
        "${A:+${N}}       | 1",
        "$$A              | $A",
        "$${A}            | ${A}",
        "$5               | $5",
        "$(x)             | $(x)",
        "a$               | a$",
        "${U:-a:-b}       | a:-b",
      })
  void references_are_replaced(String text, String expected) {
    assertThat(substitute(text)).isEqualTo(Either.right(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${}", "${1X}", "${A.B}", "${ A }", "${A:}", "${A", "${U:-${}}"})
  void what_is_no_reference_is_refused(String text) {
    assertThat(substitute(text).getLeft()).startsWith("invalid interpolation format");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${U?}        | required variable U is missing a value",
        "${U:?say it} | required variable U is missing a value: say it",
        "${E:?say $A} | required variable E is missing a value: say a",
      })
  void a_required_variable_is_missed(String text, String message) {
    assertThat(substitute(text).getLeft()).isEqualTo(message);
  }

  @Test
  void every_look_up_is_told() {
    var names = new ArrayList<String>();
    Template.parse("$A ${U:-$N} ${A:-$E}")
        .get()
        .substitute(
            VARIABLES, (reference, found) -> names.add(reference.name() + found.isPresent()));

    assertThat(names).containsExactly("Atrue", "Ufalse", "Ntrue", "Atrue");
  }
}
