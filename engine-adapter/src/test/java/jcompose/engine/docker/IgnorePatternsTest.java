package jcompose.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IgnorePatternsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.log            | a.log        | true",
        "*.log            | dir/a.log    | false",
        "**/*.log         | dir/a.log    | true",
        "**/*.log         | a.log        | true",
        "secret           | secret/deep  | true",
        "/secret/         | secret       | true",
        "secret           | secrets      | false",
        "a/**/z           | a/b/c/z      | true",
        "a/**/z           | a/z          | true",
        "?.txt            | b.txt        | true",
        "?.txt            | bb.txt       | false",
        "[ab].txt         | b.txt        | true",
        "[^ab].txt        | b.txt        | false",
        "a+b              | a+b          | true",
        "a+b              | aab          | false",
        "# comment        | # comment    | false",
        "*,!keep          | keep         | false",
        "*,!keep          | keep/inside  | false",
        "*,!keep,keep/not | keep/not     | true",
        "./a/../b         | b            | true",
      })
  void the_last_pattern_that_matches_decides(String lines, String path, boolean ignored) {
    assertThat(IgnorePatterns.parse(lines.replace(',', '\n')).matches(path)).isEqualTo(ignored);
  }
}
