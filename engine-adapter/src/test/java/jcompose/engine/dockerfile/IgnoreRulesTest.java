package jcompose.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
  @ParameterizedTest
  @CsvSource({
    "target, target, true",
    "target, target/a/b, true",
    "target, src/target, false",
    "/target/, target/a, true",
    "*/temp*, a/temporary.txt, true",
    "*/temp*, a/b/temporary.txt, false",
    "**/*.go, a.go, true",
    "**/*.go, a/b/c.go, true",
    "a/**, a/b/c, true",
    "a/**, a, false",
    "**/x/**, p/x/q, true",
    "temp?, tempa, true",
    "temp?, temp/, false",
    "[a-c]x, bx, true",
    "[^a-c]x, bx, false",
    "a\\*b, a*b, true",
    "a\\*b, aab, false",
    "./a/../b, b, true",
    "a.b, axb, false",
    "#x, x, false",
    "*;!README.md, README.md, false",
    "*;!README.md, other, true",
    "*.md;!README*.md;README-secret.md, README-secret.md, true",
    "docs;!docs/keep, docs/keep/x, false",
    "docs;!docs/keep, docs/other, true",
    "., a, false"
  })
  void the_last_rule_that_matches_decides(String rules, String path, boolean excluded) {
    assertThat(IgnoreRules.parse(rules.replace(';', '\n')).excludes(path)).isEqualTo(excluded);
  }

  @Test
  void a_malformed_pattern_is_refused() {
    assertThatThrownBy(() -> IgnoreRules.parse("[a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("syntax error in pattern");
  }
}
