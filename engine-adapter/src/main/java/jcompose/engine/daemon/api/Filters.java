package jcompose.engine.daemon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import jcompose.core.engine.EngineException;

/// The `filters` parameter: names to values. Values of one name are alternatives, but labels must
/// all be carried.
record Filters(Map<String, List<String>> byName) {

  /// Reads both forms, `{"label":["a=b"]}` and the older `{"label":{"a=b":true}}`.
  static Filters parse(Optional<String> text) {
    if (text.isEmpty()) {
      return new Filters(Map.of());
    }
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(text.get());
    } catch (JsonProcessingException e) {
      throw new EngineException.Invalid("invalid filter");
    }
    if (!root.isObject()) {
      throw new EngineException.Invalid("invalid filter");
    }
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      var values = new ArrayList<String>();
      JsonNode node = entry.getValue();
      if (node.isArray()) {
        node.forEach(it -> values.add(it.asText()));
      } else if (node.isObject()) {
        node.properties().stream()
            .filter(it -> it.getValue().asBoolean())
            .forEach(it -> values.add(it.getKey()));
      } else {
        throw new EngineException.Invalid("invalid filter");
      }
      byName.put(entry.getKey(), values);
    }
    return new Filters(byName);
  }

  /// @throws EngineException.Invalid for a filter that is not known
  Filters allow(Set<String> known) {
    for (String name : byName.keySet()) {
      if (!known.contains(name)) {
        throw new EngineException.Invalid("invalid filter '" + name + "'");
      }
    }
    return this;
  }

  List<String> values(String name) {
    return byName.getOrDefault(name, List.of());
  }

  boolean has(String name) {
    return !values(name).isEmpty();
  }

  /// Whether no such filter was given or one of its values fits.
  boolean any(String name, Predicate<String> fits) {
    List<String> values = values(name);
    return values.isEmpty() || values.stream().anyMatch(fits);
  }

  /// Whether all wanted labels are carried, and none of the unwanted (`label!`).
  boolean labels(Map<String, String> labels) {
    return values("label").stream().allMatch(it -> carries(labels, it))
        && values("label!").stream().noneMatch(it -> carries(labels, it));
  }

  private static boolean carries(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    String value = labels.get(equals < 0 ? wanted : wanted.substring(0, equals));
    return value != null && (equals < 0 || value.equals(wanted.substring(equals + 1)));
  }

  /// A yes-or-no filter.
  ///
  /// @throws EngineException.Invalid when its value is neither
  Optional<Boolean> bool(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (values(name).getFirst()) {
          case "1", "true" -> true;
          case "0", "false" -> false;
          default ->
              throw new EngineException.Invalid(
                  "invalid filter '%s=[%s]'".formatted(name, values(name).getFirst()));
        });
  }
}
