package jcompose.engine.build.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeChangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "755 | 600 | false | 755",
        "0644 | 777 | true | 644",
        "+x | 644 | false | 755",
        "u=rwX,go=rX | 600 | true | 755",
        "u=rwX,go=rX | 600 | false | 644",
        "u=rwX,go=rX | 700 | false | 755",
        "go-rwx | 777 | false | 700",
        "u+s | 755 | false | 4755",
        "a=r | 4755 | false | 444",
        "+t | 777 | true | 1777"
      })
  void permissions_change_as_chmod_changes_them(
      String change, String before, boolean folder, String after) {
    int mode = ModeChange.parse(change).apply(Integer.parseInt(before, 8), folder);
    assertThat(Integer.toOctalString(mode)).isEqualTo(after);
  }

  @Test
  void anything_else_is_refused() {
    assertThatThrownBy(() -> ModeChange.parse("u+q"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("invalid chmod parameter: 'u+q'");
  }
}
