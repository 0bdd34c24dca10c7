package jcompose.core.loading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.source.SourceRange;
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
    List<Below> below = List.of();
    for (YamlNode item : sequence.items()) {
      Optional<String> key = rule.key(item);
      Integer place = key.isPresent() ? places.get(key.get()) : null;
      if (place != null) {
        YamlNode earlier = items.get(place);
        below = below.isEmpty() ? Below.all(sequence) : below;
        items.set(
            place, item.withOrigin(item.origin().replacing(earlier, cause(below, item, earlier))));
      } else {
        key.ifPresent(it -> places.put(it, items.size()));
        items.add(item);
      }
    }
    return items.size() == sequence.items().size() ? sequence : sequence.withItems(items);
  }

  /// One of the lists that others were appended to.
  ///
  /// @param cause what appended to it
  private record Below(Set<SourceRange> items, Cause cause) {
    /// From the last that was appended to, to the first.
    static List<Below> all(YamlSequence list) {
      var all = new ArrayList<Below>();
      Optional<Origin.Replaced> next = list.origin().replaced();
      while (next.isPresent() && next.get().value() instanceof YamlSequence base) {
        var ranges = new HashSet<SourceRange>();
        base.items().forEach(it -> ranges.add(it.range()));
        all.add(new Below(ranges, next.get().cause()));
        next = base.origin().replaced();
      }
      return all;
    }
  }

  /// Why one item counts and an earlier one does not: what put their two lists together, or nothing
  /// but their order where both are of one list.
  private static Cause cause(List<Below> below, YamlNode item, YamlNode earlier) {
    return below.stream()
        .takeWhile(it -> it.items().contains(earlier.range()))
        .filter(it -> !it.items().contains(item.range()))
        .findFirst()
        .map(Below::cause)
        .orElse(Cause.REPEATED);
  }
}
