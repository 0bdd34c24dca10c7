package jcompose.core.loading;

import java.util.Optional;
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
      case YamlMapping mapping ->
          mapping.eachEntry(
              (key, entry) ->
                  at(entry.value(), cursor.key(key), path.key(key), change)
                      .map(entry::with)
                      .orElse(null));
      case YamlSequence sequence ->
          sequence.eachItem(
              (i, item) -> at(item, cursor.item(), path.index(i), change).orElse(null));
    };
  }
}
