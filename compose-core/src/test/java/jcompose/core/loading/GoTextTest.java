package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoTextTest {
  @ParameterizedTest
  @CsvSource({
    "90s,1m30s",
    "1m,1m0s",
    "72h,72h0m0s",
    "0,0s",
    "40us,40µs",
    "1500ms,1.5s",
    "1h5m30s20ms,1h5m30.02s",
    "-5s,-5s",
    "1.5h,1h30m0s",
    "1ns,1ns"
  })
  void durations_print_as_go_prints_them(String text, String expected) {
    assertThat(GoText.duration(GoText.duration(text).get().longValueExact())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "2d", "1w", "5S", "1 m", "m", "99999999999h"})
  void what_is_no_duration_is_refused(String text) {
    assertThat(GoText.duration(text).isLeft()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "64m,67108864",
    "1.5g,1610612736",
    "10 mb,10485760",
    "64KiB,65536",
    "1iB,1",
    "-1,-1",
    "1024,1024",
    "2b,2"
  })
  void sizes_are_bytes(String text, long expected) {
    assertThat(GoText.bytes(text).get()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1,5g",
        "12x",
        "0x10",
        "-1k",
        ".5g",
        "5.g",
        "1e",
        " 1m",
        "1.2.3m",
        ".",
        "99999999999g"
      })
  void what_is_no_size_is_refused(String text) {
    assertThat(GoText.bytes(text).isLeft()).isTrue();
  }
}
