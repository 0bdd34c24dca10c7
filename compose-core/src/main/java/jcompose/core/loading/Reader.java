package jcompose.core.loading;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;

/// Typed access to a decoded mapping.
record Reader(YamlMapping mapping) {
  Optional<String> text(String key) {
    return mapping.text(key);
  }

  String text(String key, String fallback) {
    return mapping.text(key).orElse(fallback);
  }

  Optional<Boolean> bool(String key) {
    return mapping.scalar(key).map(YamlScalar::isTrue);
  }

  boolean isTrue(String key) {
    return bool(key).orElse(false);
  }

  Optional<Long> number(String key) {
    return text(key).flatMap(GoText::wholePart).map(BigInteger::longValue);
  }

  Optional<Integer> integer(String key) {
    return text(key).flatMap(GoText::wholePart).map(BigInteger::intValue);
  }

  Optional<BigDecimal> decimal(String key) {
    return text(key).map(BigDecimal::new);
  }

  /// A number that is not zero, which means the same as leaving it out.
  Optional<Long> limit(String key) {
    return number(key).filter(it -> it != 0);
  }

  Optional<BigDecimal> decimalLimit(String key) {
    return decimal(key).filter(it -> it.signum() != 0);
  }

  Optional<Duration> duration(String key) {
    return text(key)
        .map(it -> GoText.duration(it).map(n -> Duration.ofNanos(n.longValueExact())).get());
  }

  List<String> texts(String key) {
    return mapping
        .sequence(key)
        .map(list -> list.items().stream().map(it -> ((YamlScalar) it).text()).toList())
        .orElse(List.of());
  }

  Optional<List<String>> optionalTexts(String key) {
    return mapping.sequence(key).map(_ -> texts(key));
  }

  SequencedMap<String, String> map(String key) {
    return mapped(key, (_, value) -> value instanceof YamlScalar scalar ? scalar.text() : "");
  }

  SequencedMap<String, Optional<String>> optionalMap(String key) {
    return mapped(
        key,
        (_, value) ->
            value instanceof YamlScalar scalar && !scalar.isNull()
                ? Optional.of(scalar.text())
                : Optional.empty());
  }

  <T> SequencedMap<String, T> mapped(String key, BiFunction<String, YamlNode, T> change) {
    var result = new LinkedHashMap<String, T>();
    mapping
        .mapping(key)
        .ifPresent(
            it ->
                it.entries()
                    .forEach((name, entry) -> result.put(name, change.apply(name, entry.value()))));
    return result;
  }

  <T> List<T> list(String key, Function<Reader, T> change) {
    return mapping
        .sequence(key)
        .map(
            list ->
                list.items().stream()
                    .filter(YamlMapping.class::isInstance)
                    .map(it -> change.apply(new Reader((YamlMapping) it)))
                    .toList())
        .orElse(List.of());
  }

  Optional<Reader> inner(String key) {
    return mapping.mapping(key).map(Reader::new);
  }

  /// The mapping under a key, or an empty one.
  Reader section(String key) {
    return inner(key).orElseGet(() -> new Reader(YamlMapping.empty(mapping.origin())));
  }
}
