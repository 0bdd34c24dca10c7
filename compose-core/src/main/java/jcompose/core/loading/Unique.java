package jcompose.core.loading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jcompose.core.yaml.Origin.Cause;
import jcompose.core.yaml.YamlEntry;
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
      case YamlMapping mapping -> {
        var entries = new LinkedHashMap<String, YamlEntry>(mapping.entries().size() * 2);
        mapping
            .entries()
            .forEach(
                (key, entry) -> entries.put(key, entry.with(apply(entry.value(), at.key(key)))));
        yield mapping.withEntries(entries);
      }
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
        items.set(place, item.withOrigin(item.origin().replacing(earlier, Cause.REPEATED)));
      } else {
        key.ifPresent(it -> places.put(it, items.size()));
        items.add(item);
      }
    }
    return sequence.withItems(items);
  }
}
