package jcompose.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names, ids and times in docker's order and form.
final class DockerFormsTest {
  @Test
  void names_are_in_the_order_people_count_in() {
    var names = Stream.of("web-10", "b", "web-2", "web", "web-02", "B", "9", "10");
    assertThat(names.sorted(NaturalOrder.INSTANCE))
        .containsExactly("9", "10", "B", "b", "web", "web-02", "web-2", "web-10");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T19:51:20.577542000Z, 2026-11-24 19:51:20.577542 +0000 UTC",
    "2026-11-24T19:51:20Z, 2026-11-24 19:51:20 +0000 UTC",
    "2026-11-24T19:51:20.5+02:00, 2026-11-24 19:51:20.5 +0200 +0200",
    "never, never",
  })
  void times_are_printed_as_go_does(String text, String printed) {
    assertThat(GoTime.of(text)).isEqualTo(printed);
  }

  @Test
  void seconds_are_told_in_a_zone() {
    assertThat(GoTime.of(0, ZoneId.of("UTC"))).isEqualTo("1970-01-01 00:00:00 +0000 UTC");
    assertThat(GoTime.of(0, ZoneId.of("Europe/Berlin"))).isEqualTo("1970-01-01 01:00:00 +0100 CET");
  }

  @Test
  void ids_are_cut_without_their_algorithm() {
    assertThat(ShortId.of("sha256:0123456789abcdef", false)).isEqualTo("0123456789ab");
    assertThat(ShortId.of("sha256:0123456789abcdef", true)).isEqualTo("sha256:0123456789abcdef");
  }
}
