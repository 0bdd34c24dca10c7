package jcompose.cli.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Values of a template as Go treats and prints them.
final class Values {
  private Values() {}

  /// One turn of a `range`.
  record Entry(Object key, Object value) {}

  static Object at(Object value, List<String> fields) {
    Object found = value;
    for (String field : fields) {
      found = field(found, field);
    }
    return found;
  }

  /// By name; by name in another case when there is none, since docker's templates take the names
  /// of Go's fields as well as those of JSON.
  private static Object field(Object of, String name) {
    if (of instanceof Nothing) {
      throw new GoTemplate.Broken("nil pointer evaluating ." + name);
    }
    if (!(of instanceof Map<?, ?> map)) {
      throw new GoTemplate.Broken("can't evaluate field " + name + " in " + shown(of));
    }
    Object exact = map.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<?, ?> each : map.entrySet()) {
      if (String.valueOf(each.getKey()).equalsIgnoreCase(name) && each.getValue() != null) {
        return each.getValue();
      }
    }
    throw new GoTemplate.Broken(
        "can't evaluate field "
            + name
            + ": there are "
            + map.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  static List<Entry> entries(Object value) {
    var entries = new ArrayList<Entry>();
    switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .sorted(java.util.Comparator.comparing(it -> String.valueOf(it.getKey())))
              .forEach(it -> entries.add(new Entry(it.getKey(), it.getValue())));
      case List<?> list -> {
        for (Object each : list) {
          entries.add(new Entry((long) entries.size(), each));
        }
      }
      case Nothing _ -> {}
      default -> throw new GoTemplate.Broken("range can't iterate over " + shown(value));
    }
    return entries;
  }

  static boolean holds(Object value) {
    return switch (value) {
      case Boolean it -> it;
      case Number it -> it.doubleValue() != 0;
      case List<?> it -> !it.isEmpty();
      case Map<?, ?> it -> !it.isEmpty();
      case Nothing _ -> false;
      default -> !value.toString().isEmpty();
    };
  }

  static String shown(Object value) {
    return switch (value) {
      case List<?> it -> it.stream().map(Values::shown).collect(Collectors.joining(" ", "[", "]"));
      case Map<?, ?> it ->
          entries(it).stream()
              .map(entry -> entry.key() + ":" + shown(entry.value()))
              .collect(Collectors.joining(" ", "map[", "]"));
      case BigDecimal it -> it.toPlainString();
      default -> value.toString();
    };
  }

  static int length(Object value) {
    return switch (value) {
      case List<?> it -> it.size();
      case Map<?, ?> it -> it.size();
      case Nothing _ -> 0;
      default -> value.toString().length();
    };
  }

  static int compare(Object left, Object right) {
    return left instanceof Number a && right instanceof Number b
        ? Double.compare(a.doubleValue(), b.doubleValue())
        : shown(left).compareTo(shown(right));
  }
}
