package jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jcompose.core.engine.EngineException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {
  @ParameterizedTest
  @CsvSource({"8080, 8080, 8080", "8000-8010, 8000, 8010", "0, 0, 0", "'', 0, 0"})
  void host_ports_are_a_number_or_a_range(String text, int first, int last) {
    assertThat(PortRange.parse(text)).isEqualTo(new PortRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "10-9", "a", "80-", "0-10"})
  void other_host_ports_are_refused(String text) {
    assertThatThrownBy(() -> PortRange.parse(text))
        .isInstanceOf(EngineException.Invalid.class)
        .hasMessageContaining(text);
  }
}
