package jcompose.core.loading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import jcompose.core.yaml.Directive;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.Origin.Cause;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Phase: puts one tree over another by the rules of [MergeRules#TABLE]: mappings key by key, lists
/// after each other, scalars by the later one, and the exceptions the table names.
final class Merge {
  private final Problems problems;
  private final History history;
  private final Cause cause;

  /// @param cause why what is replaced is
  Merge(Problems problems, History history, Cause cause) {
    this.problems = problems;
    this.history = history;
    this.cause = cause;
  }

  /// A whole file over what earlier files gave.
  YamlMapping files(YamlMapping base, YamlMapping over) {
    YamlMapping reset = (YamlMapping) withoutReplaced(base, over, YamlPath.ROOT);
    return (YamlMapping)
        merge(reset, withoutResets(over, base), MergeRules.TABLE.root(), YamlPath.ROOT);
  }

  /// A service over the one it extends.
  YamlMapping services(YamlMapping base, YamlMapping over, String name) {
    YamlPath path = YamlPath.ROOT.key("services").key(name);
    YamlMapping reset = (YamlMapping) withoutReplaced(base, over, path);
    return (YamlMapping)
        merge(
            reset,
            withoutResets(over, base),
            MergeRules.TABLE.root().key("services").key(name),
            path);
  }

  /// The tree without what its own tags reset.
  static YamlMapping withoutResets(YamlMapping tree) {
    return tree.eachEntry(
        (_, entry) ->
            switch (entry.value()) {
              case YamlNode value when value.directive() == Directive.RESET -> null;
              case YamlMapping mapping -> entry.with(withoutResets(mapping));
              default -> entry;
            });
  }

  /// The same; what is marked `!override` remembers what it stands over.
  private YamlMapping withoutResets(YamlMapping tree, YamlNode base) {
    if (!(base instanceof YamlMapping below)) {
      return withoutResets(tree);
    }
    var entries = new LinkedHashMap<String, YamlEntry>(tree.entries().size() * 2);
    tree.entries()
        .forEach(
            (key, entry) -> {
              YamlNode value = entry.value();
              YamlNode earlier = below.get(key);
              if (value.directive() == Directive.RESET) {
                return;
              }
              YamlNode kept =
                  value instanceof YamlMapping mapping
                      ? earlier == null ? withoutResets(mapping) : withoutResets(mapping, earlier)
                      : value;
              entries.put(
                  key,
                  entry.with(
                      earlier != null && value.directive() == Directive.OVERRIDE
                          ? replacing(kept, earlier)
                          : kept));
            });
    return tree.withEntries(entries);
  }

  /// The base without what `!reset` and `!override` of the other tree take out of it.
  private YamlNode withoutReplaced(YamlNode base, YamlNode over, YamlPath path) {
    if (!(base instanceof YamlMapping below) || !(over instanceof YamlMapping above)) {
      return base;
    }
    var entries = new LinkedHashMap<>(below.entries());
    for (Map.Entry<String, YamlEntry> it : above.entries().entrySet()) {
      YamlEntry entry = entries.get(it.getKey());
      if (entry == null) {
        continue;
      }
      YamlNode value = it.getValue().value();
      YamlPath at = path.key(it.getKey());
      if (value.directive() == Directive.NONE) {
        entries.put(it.getKey(), entry.with(withoutReplaced(entry.value(), value, at)));
        continue;
      }
      entries.remove(it.getKey());
      if (value.directive() == Directive.RESET) {
        history.removed(at, entry.value(), it.getValue().keyRange());
      }
    }
    return below.withEntries(entries);
  }

  private YamlNode merge(
      YamlNode base, YamlNode over, PathTable.Cursor<MergeRules> at, YamlPath path) {
    Optional<MergeRules> rule = at.rule();
    if (rule.isPresent()) {
      return special(rule.get(), base, over, at, path);
    }
    return plain(base, over, at, path);
  }

  /// A value that says nothing changes nothing; `!reset` takes away.
  private YamlNode plain(
      YamlNode base, YamlNode over, PathTable.Cursor<MergeRules> at, YamlPath path) {
    return switch (base) {
      case YamlNode _ when over.isNull() && !base.isNull() -> base;
      case YamlScalar _ -> replacing(over, base);
      case YamlMapping mapping ->
          over instanceof YamlMapping other
              ? mappings(mapping, other, at, path)
              : refused(base, over, path);
      case YamlSequence sequence ->
          over instanceof YamlSequence other
              ? appended(sequence, other)
              : refused(base, over, path);
    };
  }

  private YamlNode refused(YamlNode base, YamlNode over, YamlPath path) {
    problems.error(
        "cannot-override",
        over.range(),
        "cannot override %s: it is %s at %s, and %s here"
            .formatted(path, base.kindInWords(), base.range(), over.kindInWords()),
        "write it in the same form, or mark it !override to replace it");
    return base;
  }

  private YamlMapping mappings(
      YamlMapping base, YamlMapping over, PathTable.Cursor<MergeRules> at, YamlPath path) {
    var entries = new LinkedHashMap<>(base.entries());
    over.entries()
        .forEach(
            (key, entry) -> {
              YamlEntry before = entries.get(key);
              entries.put(
                  key,
                  before == null || key.startsWith("x-")
                      ? entry
                      : entry.with(
                          merge(before.value(), entry.value(), at.key(key), path.key(key))));
            });
    return base.withEntries(entries).withOrigin(over.origin().replacing(base, cause));
  }

  private YamlNode replacing(YamlNode over, YamlNode base) {
    return over.withOrigin(over.origin().replacing(base, cause));
  }

  private YamlSequence appended(YamlSequence base, YamlSequence over) {
    return YamlSequence.of(
        Stream.concat(base.items().stream(), over.items().stream()).toList(),
        over.origin().replacing(base, cause));
  }

  private YamlNode special(
      MergeRules rule,
      YamlNode base,
      YamlNode over,
      PathTable.Cursor<MergeRules> at,
      YamlPath path) {
    return switch (rule) {
      case REPLACE -> replacing(over, base);
      case APPEND_AS_LIST -> appended(asList(base), asList(over));
      case EXTRA_HOSTS -> withoutRepeats(hosts(base), hosts(over));
      case BUILD -> plain(asBuild(base), asBuild(over), at, path);
      case BY_NAME -> plain(byName(base), byName(over), at, path);
      case DEPENDENCIES ->
          plain(
              Canonicalise.dependencyMapping(base), Canonicalise.dependencyMapping(over), at, path);
      case LOGGING -> logging(base, over, at, path);
      case POOLS -> pools(base, over, at, path);
    };
  }

  private YamlSequence asList(YamlNode node) {
    return switch (node) {
      case YamlSequence sequence -> sequence;
      case YamlScalar scalar ->
          YamlSequence.of(scalar.isNull() ? List.of() : List.of(scalar), scalar.origin());
      case YamlMapping mapping -> {
        var items = new ArrayList<YamlNode>();
        new TreeMap<>(mapping.entries())
            .forEach((key, entry) -> items.add(assignment(key, entry.value())));
        yield YamlSequence.of(items, mapping.origin());
      }
    };
  }

  private YamlNode assignment(String key, YamlNode value) {
    if (!(value instanceof YamlScalar)) {
      problems.error(
          "wrong-type",
          value.range(),
          "%s must be a single value, not %s".formatted(key, value.kindInWords()));
    }
    String text = value instanceof YamlScalar scalar ? scalar.shown() : "";
    return YamlScalar.string(value.isNull() ? key : key + "=" + text, value.origin());
  }

  private YamlSequence hosts(YamlNode node) {
    if (!(node instanceof YamlMapping mapping)) {
      return asList(node);
    }
    var items = new ArrayList<YamlNode>();
    new TreeMap<>(mapping.entries())
        .forEach(
            (host, entry) -> {
              if (entry.value() instanceof YamlSequence addresses) {
                addresses.items().forEach(it -> items.add(assignment(host, it)));
              } else {
                items.add(assignment(host, entry.value()));
              }
            });
    return YamlSequence.of(items, mapping.origin());
  }

  /// What the base says already is not said again; what one file repeats is left for the check.
  private YamlSequence withoutRepeats(YamlSequence base, YamlSequence over) {
    var said = new HashSet<String>();
    base.items().forEach(it -> said.add(it instanceof YamlScalar scalar ? scalar.text() : ""));
    return appended(
        base,
        over.withItems(
            over.items().stream()
                .filter(it -> !(it instanceof YamlScalar scalar) || !said.contains(scalar.text()))
                .toList()));
  }

  private static YamlNode asBuild(YamlNode node) {
    return node instanceof YamlScalar scalar && !scalar.isNull()
        ? YamlMapping.empty(scalar.origin()).with("context", scalar)
        : node;
  }

  private static YamlNode byName(YamlNode node) {
    if (!(node instanceof YamlSequence sequence)) {
      return node;
    }
    YamlMapping mapping = YamlMapping.empty(sequence.origin());
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlScalar name) {
        mapping = mapping.with(name.text(), YamlScalar.nothing(name.origin()));
      }
    }
    return mapping;
  }

  private YamlNode logging(
      YamlNode base, YamlNode over, PathTable.Cursor<MergeRules> at, YamlPath path) {
    if (base instanceof YamlMapping before
        && over instanceof YamlMapping after
        && before.has("driver")
        && after.has("driver")
        && !before.text("driver").equals(after.text("driver"))) {
      return replacing(over, base);
    }
    return plain(base, over, at, path);
  }

  /// Pools replace pools; one whose subnet was there is merged with what was there.
  private YamlNode pools(
      YamlNode base, YamlNode over, PathTable.Cursor<MergeRules> at, YamlPath path) {
    if (!(base instanceof YamlSequence before) || !(over instanceof YamlSequence after)) {
      return plain(base, over, at, path);
    }
    var items = new ArrayList<YamlNode>();
    for (YamlNode pool : after.items()) {
      YamlNode merged = pool;
      for (YamlNode earlier : before.items()) {
        if (pool instanceof YamlMapping one
            && earlier instanceof YamlMapping other
            && one.text("subnet").isPresent()
            && one.text("subnet").equals(other.text("subnet"))) {
          merged = mappings(other, one, at.item(), path.index(items.size()));
        }
      }
      items.add(merged);
    }
    Origin origin = after.origin().replacing(before, cause);
    return YamlSequence.of(items, origin);
  }
}
