package jcompose.core.loading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.Origin.Cause;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Phase: of list items that mean the same thing, the later takes the place of the earlier.
final class Unique {
  YamlMapping apply(YamlMapping tree) {
    return (YamlMapping) apply(tree, UniqueBy.TABLE.root());
  }

  private YamlNode apply(YamlNode node, PathTable.Cursor<UniqueBy> at) {
    if (at.isLeaf() && at.rule().isEmpty()) {
      return node;
    }
    return switch (node) {
      case YamlScalar scalar -> scalar;
      case YamlMapping mapping ->
          mapping.eachEntry((key, entry) -> entry.with(apply(entry.value(), at.key(key))));
      case YamlSequence sequence ->
          at.rule().isPresent() ? unique(sequence, at.rule().get()) : sequence;
    };
  }

  private static YamlSequence unique(YamlSequence sequence, UniqueBy rule) {
    var items = new ArrayList<YamlNode>(sequence.items().size());
    Map<String, Integer> places = new HashMap<>();
    for (YamlNode item : sequence.items()) {
      Optional<String> key = rule.key(item);
      Integer place = key.isPresent() ? places.get(key.get()) : null;
      if (place != null) {
        YamlNode earlier = items.get(place);
        items.set(
            place,
            item.withOrigin(item.origin().replacing(earlier, cause(sequence, item, earlier))));
      } else {
        key.ifPresent(it -> places.put(it, items.size()));
        items.add(item);
      }
    }
    return items.size() == sequence.items().size() ? sequence : sequence.withItems(items);
  }

  /// Why one item counts and an earlier one does not: what put their two lists together, or nothing
  /// but their order where both are of one list.
  private static Cause cause(YamlSequence list, YamlNode item, YamlNode earlier) {
    Optional<Origin.Replaced> below = list.origin().replaced();
    while (below.isPresent()
        && below.get().value() instanceof YamlSequence base
        && holds(base, earlier)) {
      if (!holds(base, item)) {
        return below.get().cause();
      }
      below = base.origin().replaced();
    }
    return Cause.REPEATED;
  }

  private static boolean holds(YamlSequence list, YamlNode item) {
    return list.items().stream().anyMatch(it -> it.range().equals(item.range()));
  }
}
