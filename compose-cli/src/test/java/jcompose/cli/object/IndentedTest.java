package jcompose.cli.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IndentedTest {
  @Test
  void texts_and_numbers_stay_as_they_are_and_what_is_empty_stays_on_its_line() {
    assertThat(Indented.of("[{\"a\":\"x{\\\"y\\\\\",\"b\":{ },\"c\":[],\"d\":[1e9,-2.50,null]}]"))
        .isEqualTo(
            """
            [
                {
                    "a": "x{\\"y\\\\",
                    "b": {},
                    "c": [],
                    "d": [
                        1e9,
                        -2.50,
                        null
                    ]
                }
            ]\
            """);
  }
}
