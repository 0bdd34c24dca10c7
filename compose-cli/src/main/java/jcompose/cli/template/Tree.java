package jcompose.cli.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A value of a [TreeJson] tree, read by path; what is missing is empty.
///
/// @param value a map, list, text, number, boolean or [Nothing]
public record Tree(Object value) {
  /// What an engine answered.
  public static Tree parse(String json) {
    return new Tree(TreeJson.read(json));
  }

  public Tree at(String... path) {
    Object found = value;
    for (String name : path) {
      Object next = found instanceof Map<?, ?> map ? map.get(name) : Nothing.NOTHING;
      found = next == null ? Nothing.NOTHING : next;
    }
    return new Tree(found);
  }

  /// Empty for what has no text.
  public String text() {
    return value instanceof Nothing ? "" : value.toString();
  }

  /// Zero for what is no number.
  public long number() {
    return value instanceof Number it ? it.longValue() : 0;
  }

  public boolean flag() {
    return Boolean.TRUE.equals(value);
  }

  /// The items of a list.
  public List<Tree> items() {
    var items = new ArrayList<Tree>();
    if (value instanceof List<?> list) {
      list.forEach(it -> items.add(new Tree(it)));
    }
    return items;
  }

  public List<String> texts() {
    return items().stream().map(Tree::text).toList();
  }

  /// The entries of a map, in its order.
  public Map<String, Tree> entries() {
    var entries = new LinkedHashMap<String, Tree>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, it) -> entries.put(String.valueOf(name), new Tree(it)));
    }
    return entries;
  }

  public Map<String, String> strings() {
    var strings = new LinkedHashMap<String, String>();
    entries().forEach((name, it) -> strings.put(name, it.text()));
    return strings;
  }

  /// `a=1,b=2`, by name.
  public String labels() {
    return strings().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(Collectors.joining(","));
  }
}
