package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoKeyOrderTest {
  @Test
  void digits_are_numbers_and_letters_come_last() {
    List<String> keys =
        List.of("b", "~", "web10", "web2", "1", "_a", "web", "web02", "10", "9", "web2a", "A");

    assertThat(keys.stream().sorted(GoKeyOrder.INSTANCE).toList())
        .containsExactly(
            "_a", "~", "1", "9", "10", "A", "b", "web", "web2", "web2a", "web02", "web10");
  }
}
