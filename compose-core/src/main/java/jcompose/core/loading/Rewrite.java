package jcompose.core.loading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Changes a tree where a table has rules, from the leaves up; what no rule reaches is not copied.
final class Rewrite {
  private Rewrite() {}

  /// What is done where a rule applies.
  @FunctionalInterface
  interface Change<R> {
    /// The new value; absent to take the key or item out.
    Optional<YamlNode> apply(R rule, YamlNode node, YamlPath path);
  }

  static <R> YamlMapping tree(YamlMapping root, PathTable<R> table, Change<R> change) {
    return (YamlMapping) below(root, table.root(), YamlPath.ROOT, change);
  }

  private static <R> Optional<YamlNode> at(
      YamlNode node, PathTable.Cursor<R> cursor, YamlPath path, Change<R> change) {
    YamlNode inner = below(node, cursor, path, change);
    Optional<R> rule = cursor.rule();
    return rule.isPresent() ? change.apply(rule.get(), inner, path) : Optional.of(inner);
  }

  private static <R> YamlNode below(
      YamlNode node, PathTable.Cursor<R> cursor, YamlPath path, Change<R> change) {
    if (cursor.isLeaf()) {
      return node;
    }
    return switch (node) {
      case YamlScalar scalar -> scalar;
      case YamlMapping mapping -> {
        var entries = new LinkedHashMap<String, YamlEntry>(mapping.entries().size() * 2);
        for (Map.Entry<String, YamlEntry> it : mapping.entries().entrySet()) {
          String key = it.getKey();
          at(it.getValue().value(), cursor.key(key), path.key(key), change)
              .ifPresent(value -> entries.put(key, it.getValue().with(value)));
        }
        yield mapping.withEntries(entries);
      }
      case YamlSequence sequence -> {
        List<YamlNode> items = new ArrayList<>(sequence.items().size());
        for (int i = 0; i < sequence.items().size(); i++) {
          at(sequence.items().get(i), cursor.item(), path.index(i), change).ifPresent(items::add);
        }
        yield sequence.withItems(items);
      }
    };
  }
}
