package jcompose.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jcompose.cli.settings.UsageError;
import jcompose.core.loading.History;
import jcompose.core.loading.ResolvedProject;
import jcompose.core.source.NearMiss;
import jcompose.core.yaml.Directive;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlSequence;

/// The values of a resolved project below an address, each with its origin, and what `!reset` took
/// out there or is no part of the project.
public record Explanation(
    List<Value> values,
    List<History.Removed> removed,
    List<History.LeftOut> leftOut,
    History history) {
  /// A single value, or a list, mapping or item that as a whole took the place of another.
  ///
  /// @param path such as `services.web.ports[0].target`
  public record Value(String path, YamlNode node) {}

  /// @param address `web`, `web.image`, `networks.front`; empty for the whole project
  /// @throws UsageError when nothing is there
  public static Explanation of(ResolvedProject project, String address) {
    YamlMapping tree = project.shown();
    var found = new Value("", tree);
    String rest = address;
    if (!address.isEmpty()) {
      Optional<YamlMapping> services = tree.mapping("services");
      if (services.isPresent() && longest(services.get(), address).isPresent()) {
        found = new Value("services", services.get());
      } else if (longest(tree, address).isEmpty()) {
        var names = new ArrayList<>(tree.entries().keySet());
        services.ifPresent(it -> names.addAll(it.entries().keySet()));
        History history = project.history();
        List<History.LeftOut> out =
            Stream.of("services." + address, address)
                .flatMap(it -> leftOut(history, it).stream())
                .toList();
        if (!out.isEmpty()) {
          return new Explanation(List.of(), List.of(), out, history);
        }
        if (removed(history, "services." + address).isEmpty()) {
          throw missing("no service or section", address, names);
        }
      }
    }
    while (!rest.isEmpty()) {
      Optional<String> key = longest(found.node(), rest);
      if (key.isEmpty()) {
        String path = found.path() + "." + rest.replace(".[", "[");
        List<History.Removed> gone = removed(project.history(), path);
        List<History.LeftOut> out = leftOut(project.history(), path);
        if (!gone.isEmpty() || !out.isEmpty()) {
          return new Explanation(List.of(), gone, out, project.history());
        }
        throw missing(
            "nothing at \"" + address + "\": " + found.path() + " has no",
            rest,
            keys(found.node()));
      }
      found = child(found, key.get());
      rest = rest.substring(key.get().length());
      rest = rest.startsWith(".") ? rest.substring(1) : rest;
    }
    var values = new ArrayList<Value>();
    collect(found, values);
    return new Explanation(
        values,
        removed(project.history(), found.path()),
        leftOut(project.history(), found.path()),
        project.history());
  }

  private static UsageError missing(String what, String word, List<String> candidates) {
    int dot = word.indexOf('.');
    String first = dot < 0 ? word : word.substring(0, dot);
    return new UsageError(
        NearMiss.of(first, candidates)
            .map(it -> "%s \"%s\"; did you mean \"%s\"?".formatted(what, first, it))
            .orElseGet(
                () ->
                    "%s \"%s\"; there is: %s"
                        .formatted(what, first, String.join(", ", candidates))));
  }

  private static List<History.Removed> removed(History history, String path) {
    return history.removed().stream().filter(it -> isBelow(it.path(), path)).toList();
  }

  private static List<History.LeftOut> leftOut(History history, String path) {
    return history.leftOut().stream().filter(it -> isBelow(it.path(), path)).toList();
  }

  private static boolean isBelow(YamlPath at, String path) {
    String text = at.toString();
    return path.isEmpty()
        || text.equals(path)
        || text.startsWith(path + ".")
        || text.startsWith(path + "[");
  }

  private static List<String> keys(YamlNode node) {
    return switch (node) {
      case YamlMapping mapping -> List.copyOf(mapping.entries().keySet());
      case YamlSequence sequence -> {
        var keys = new ArrayList<String>();
        for (int i = 0; i < sequence.items().size(); i++) {
          keys.add("[" + i + "]");
        }
        yield keys;
      }
      default -> List.of();
    };
  }

  /// The longest key the address begins with: keys may hold dots themselves.
  private static Optional<String> longest(YamlNode node, String address) {
    return keys(node).stream()
        .filter(
            it ->
                address.equals(it) || address.startsWith(it + ".") || address.startsWith(it + "["))
        .max((a, b) -> Integer.compare(a.length(), b.length()));
  }

  private static Value child(Value parent, String key) {
    return switch (parent.node()) {
      case YamlMapping mapping -> {
        String path = parent.path().isEmpty() ? key : parent.path() + "." + key;
        YamlEntry entry = mapping.entries().get(key);
        yield new Value(path, entry == null ? mapping : entry.value());
      }
      case YamlSequence sequence ->
          new Value(
              parent.path() + key,
              sequence.items().get(Integer.parseInt(key.substring(1, key.length() - 1))));
      default -> parent;
    };
  }

  private static void collect(Value at, List<Value> into) {
    switch (at.node()) {
      case YamlMapping mapping -> {
        if (mapping.entries().isEmpty() || mapping.directive() == Directive.OVERRIDE) {
          into.add(at);
        }
        for (Map.Entry<String, YamlEntry> it : mapping.entries().entrySet()) {
          collect(child(at, it.getKey()), into);
        }
      }
      case YamlSequence sequence -> {
        if (sequence.items().isEmpty() || replacesAnother(sequence)) {
          into.add(at);
        }
        for (String key : keys(sequence)) {
          Value item = child(at, key);
          if (item.node() instanceof YamlMapping && item.node().origin().replaced().isPresent()) {
            into.add(item);
          }
          collect(item, into);
        }
      }
      default -> into.add(at);
    }
  }

  /// Items of a list that was added to say themselves where they are from.
  private static boolean replacesAnother(YamlSequence list) {
    return list.origin().replaced().map(it -> !ExplainText.addsTo(list, it.value())).orElse(false);
  }
}
