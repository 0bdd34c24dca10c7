package jcompose.core.loading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jcompose.core.loading.Shape.Any;
import jcompose.core.loading.Shape.Field;
import jcompose.core.loading.Shape.Later;
import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.MapOf;
import jcompose.core.loading.Shape.OneOf;
import jcompose.core.loading.Shape.Struct;
import jcompose.core.source.NearMiss;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;
import org.jspecify.annotations.Nullable;

/// Phase: compares a tree with the shape of the specification. What does not fit is reported and
/// dropped, so that later phases need not look at it and can report what else is wrong.
final class Validate {
  private final Problems problems;

  Validate(Problems problems) {
    this.problems = problems;
  }

  YamlMapping project(YamlMapping tree) {
    return check(tree, ComposeShape.PROJECT, YamlPath.ROOT) instanceof YamlMapping checked
        ? checked
        : YamlMapping.empty(tree.origin());
  }

  private Optional<YamlNode> dropped(
      YamlNode node, YamlPath path, String message, String... hints) {
    return dropped("wrong-type", node.range(), path, message, hints);
  }

  private Optional<YamlNode> dropped(
      String code, SourceRange range, YamlPath path, String message, String... hints) {
    problems.error(code, range, message, hints);
    problems.damageAt(path);
    return Optional.empty();
  }

  private YamlNode check(YamlNode node, Shape shape, YamlPath path) {
    return checked(node, shape, path).orElseGet(() -> YamlScalar.nothing(node.origin()));
  }

  private Optional<YamlNode> checked(YamlNode node, Shape shape, YamlPath path) {
    return switch (shape) {
      case Any _ -> Optional.of(node);
      case Later(var later) -> checked(node, later.get(), path);
      case Shape.Nullable(Shape inner) ->
          node.isNull() ? Optional.of(node) : checked(node, inner, path);
      case Leaf leaf -> leaf(node, leaf, path);
      case OneOf oneOf -> oneOf(node, oneOf, path);
      case ListOf list -> list(node, list, path);
      case MapOf map -> map(node, map, path);
      case Struct struct -> struct(node, struct, path);
    };
  }

  private Optional<YamlNode> leaf(YamlNode node, Leaf leaf, YamlPath path) {
    if (!(node instanceof YamlScalar scalar) || !leaf.type().accepts(scalar)) {
      return wrongType(node, leaf, path);
    }
    boolean matches = leaf.pattern().map(it -> it.matcher(scalar.text()).matches()).orElse(false);
    if (!leaf.words().isEmpty() && !matches && !leaf.words().contains(scalar.text())) {
      return dropped(
          "unknown-value",
          node.range(),
          path,
          "%s must be one of %s, not \"%s\""
              .formatted(path, String.join(", ", leaf.words()), scalar.text()),
          NearMiss.hint(scalar.text(), leaf.words()));
    }
    Optional<String> number = number(scalar);
    if (leaf.type().isInteger() && number.isPresent() && !leaf.range().contains(number.get())) {
      return dropped(
          "out-of-range",
          node.range(),
          path,
          "%s must be %s, not %s".formatted(path, leaf.range().words(), scalar.text()));
    }
    return Optional.of(node);
  }

  /// What is a number as it is written; a string is looked at when it is decoded.
  private static Optional<String> number(YamlScalar scalar) {
    return switch (scalar.kind()) {
      case INTEGER, FLOAT -> GoText.number(scalar.text());
      case STRING, BOOLEAN, NULL, TIMESTAMP -> Optional.empty();
    };
  }

  private Optional<YamlNode> wrongType(YamlNode node, Shape shape, YamlPath path) {
    String hint =
        node instanceof YamlScalar scalar
                && !scalar.isNull()
                && scalar.kind() != YamlScalar.Kind.STRING
                && words(shape).contains("string")
            ? "put it in quotes: \"" + scalar.text() + "\""
            : "";
    return dropped(
        node,
        path,
        "%s must be %s, not %s"
            .formatted(
                path.toString().isEmpty() ? "the file" : path, words(shape), node.kindInWords()),
        hint.isEmpty() ? new String[0] : new String[] {hint});
  }

  private static String words(Shape shape) {
    return switch (shape) {
      case Leaf leaf -> leaf.words().isEmpty() ? leaf.type().words() : "one of " + leaf.words();
      case ListOf _ -> "a list";
      case MapOf _, Struct _ -> "a mapping";
      case Shape.Nullable(Shape inner) -> words(inner);
      case Any _ -> "anything";
      case Later(var later) -> words(later.get());
      case OneOf(var alternatives) ->
          String.join(" or ", alternatives.stream().map(Validate::words).toList());
    };
  }

  private Optional<YamlNode> oneOf(YamlNode node, OneOf oneOf, YamlPath path) {
    for (Shape alternative : oneOf.alternatives()) {
      if (fits(node, alternative)) {
        return checked(node, alternative, path);
      }
    }
    return wrongType(node, oneOf, path);
  }

  /// Whether a value is of the kind a shape describes, whatever is in it.
  static boolean fits(YamlNode node, Shape shape) {
    return switch (shape) {
      case Any _ -> true;
      case Later(var later) -> fits(node, later.get());
      case Shape.Nullable(Shape inner) -> node.isNull() || fits(node, inner);
      case Leaf leaf -> node instanceof YamlScalar scalar && leaf.type().accepts(scalar);
      case ListOf _ -> node instanceof YamlSequence;
      case MapOf _, Struct _ -> node instanceof YamlMapping;
      case OneOf(var alternatives) -> alternatives.stream().anyMatch(it -> fits(node, it));
    };
  }

  private Optional<YamlNode> list(YamlNode node, ListOf list, YamlPath path) {
    if (!(node instanceof YamlSequence sequence)) {
      return wrongType(node, list, path);
    }
    var seen = new Seen();
    return Optional.of(
        sequence.eachItem(
            (i, item) -> {
              YamlPath itemPath = path.index(i);
              if (list.unique() && !seen.add(item)) {
                dropped(
                    "duplicate-item",
                    item.range(),
                    itemPath,
                    "%s repeats an item: items must be unique".formatted(itemPath));
                return null;
              }
              return checked(item, list.item(), itemPath).orElse(null);
            }));
  }

  private static String[] hints(String key, Struct struct) {
    List<String> keys =
        struct.fields().entrySet().stream()
            .filter(it -> it.getValue().print() != Shape.Print.DERIVED)
            .map(Map.Entry::getKey)
            .toList();
    String[] near = NearMiss.hint(key, keys);
    return near.length > 0 || keys.size() > 12
        ? near
        : new String[] {"its keys are " + String.join(", ", keys)};
  }

  private Optional<YamlNode> map(YamlNode node, MapOf map, YamlPath path) {
    if (!(node instanceof YamlMapping mapping)) {
      return wrongType(node, map, path);
    }
    return Optional.of(mapping.eachEntry((key, entry) -> mapEntry(key, entry, map, path)));
  }

  private @Nullable YamlEntry mapEntry(String key, YamlEntry entry, MapOf map, YamlPath path) {
    Optional<Pattern> keys = map.keys();
    if (keys.isPresent() && !keys.get().matcher(key).matches()) {
      dropped(
          "bad-name",
          entry.keyRange(),
          path,
          key.isEmpty()
              ? "%s: a name must not be empty".formatted(path)
              : "%s: the name \"%s\" does not match %s".formatted(path, key, keys.get()));
      return null;
    }
    return checked(entry.value(), map.value(), path.key(key)).map(entry::with).orElse(null);
  }

  private Optional<YamlNode> struct(YamlNode node, Struct struct, YamlPath path) {
    if (!(node instanceof YamlMapping mapping)) {
      return wrongType(node, struct, path);
    }
    YamlMapping result = mapping.eachEntry((key, entry) -> field(key, entry, struct, path));
    for (String key : struct.required()) {
      if (!mapping.has(key)) {
        dropped("missing-key", node.range(), path, "%s: %s is required".formatted(path, key));
      }
    }
    return Optional.of(result);
  }

  private @Nullable YamlEntry field(String key, YamlEntry entry, Struct struct, YamlPath path) {
    Field field = struct.fields().get(key);
    if (field != null && field.print() != Shape.Print.DERIVED) {
      return checked(entry.value(), field.shape(), path.key(key)).map(entry::with).orElse(null);
    }
    if (struct.open() || (struct.extensions() && key.startsWith("x-"))) {
      return entry; // in an open struct it means nothing, but is printed where all is left raw
    }
    String where = path.toString().isEmpty() ? "the file" : path.toString();
    dropped(
        "unknown-key",
        entry.keyRange(),
        path,
        "%s: unknown key \"%s\", a %s has none of this name".formatted(where, key, struct.name()),
        hints(key, struct));
    return null;
  }
}
