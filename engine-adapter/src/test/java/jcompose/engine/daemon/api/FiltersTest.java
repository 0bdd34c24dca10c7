package jcompose.engine.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
  private static Filters parse(String json) {
    return Filters.parse(Optional.of(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"label\":[\"a=1\",\"b\"]}",
        "{\"label\":{\"a=1\":true,\"b\":true,\"c\":false}}"
      })
  void both_forms_say_the_same_and_labels_must_all_be_carried(String json) {
    assertThat(parse(json).labels(Map.of("a", "1", "b", ""))).isTrue();
    assertThat(parse(json).labels(Map.of("a", "1"))).isFalse();
    assertThat(parse(json).labels(Map.of("a", "2", "b", ""))).isFalse();
  }

  @Test
  void other_values_are_alternatives() {
    assertThat(parse("{\"name\":[\"x\",\"y\"]}").any("name", "y"::equals)).isTrue();
    assertThat(parse("{\"name\":[\"x\"]}").any("name", "y"::equals)).isFalse();
    assertThat(parse("{}").any("name", "y"::equals)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "[]", "{\"label\":3}", "{"})
  void nonsense_is_an_invalid_filter(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(EngineException.Invalid.class)
        .hasMessage("invalid filter");
  }

  @Test
  void an_unknown_filter_is_named() {
    assertThatThrownBy(() -> parse("{\"colour\":[\"red\"]}").allow(Set.of("label")))
        .hasMessage("invalid filter 'colour'");
  }
}
