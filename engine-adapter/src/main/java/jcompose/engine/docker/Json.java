package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reading and writing JSON trees: no bean is looked into, which is what makes Jackson slow to
/// start.
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  /// Go's zero time, which the API writes for "never".
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array(Collection<String> values) {
    ArrayNode array = MAPPER.createArrayNode();
    values.forEach(array::add);
    return array;
  }

  static ObjectNode object(Map<String, String> values) {
    ObjectNode object = object();
    values.forEach(object::put);
    return object;
  }

  static Map<String, String> strings(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      map.put(each.getKey(), each.getValue().asText());
    }
    return map;
  }

  static List<String> list(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(it -> values.add(it.asText()));
    return values;
  }

  static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Optional<String> text(JsonNode value) {
    return value.isTextual() && !value.asText().isEmpty()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  static Optional<Instant> time(JsonNode value) {
    return text(value)
        .filter(it -> !it.equals(NEVER))
        .map(it -> java.time.OffsetDateTime.parse(it).toInstant());
  }
}
