package jcompose.engine.daemon.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns fields that a JSON body may lack into values. Go cannot tell a missing number or text from
/// zero or an empty one, so that neither counts as given.
final class Given {
  private Given() {}

  static Optional<String> text(@Nullable String value) {
    return Optional.ofNullable(value).filter(it -> !it.isEmpty());
  }

  static Optional<Long> number(@Nullable Long value) {
    return Optional.ofNullable(value).filter(it -> it != 0);
  }

  static Optional<Integer> number(@Nullable Integer value) {
    return Optional.ofNullable(value).filter(it -> it != 0);
  }

  static boolean flag(@Nullable Boolean value) {
    return value != null && value;
  }

  static List<String> list(@Nullable List<String> values) {
    return values == null ? List.of() : values.stream().filter(Objects::nonNull).toList();
  }

  static Map<String, String> map(@Nullable Map<String, ? extends @Nullable String> values) {
    Map<String, String> all = new LinkedHashMap<>();
    if (values != null) {
      values.forEach((name, value) -> all.put(name, value == null ? "" : value));
    }
    return all;
  }
}
