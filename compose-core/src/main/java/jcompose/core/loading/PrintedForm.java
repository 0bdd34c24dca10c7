package jcompose.core.loading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import jcompose.core.loading.Shape.Any;
import jcompose.core.loading.Shape.Field;
import jcompose.core.loading.Shape.Later;
import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.MapOf;
import jcompose.core.loading.Shape.Nullable;
import jcompose.core.loading.Shape.OneOf;
import jcompose.core.loading.Shape.Print;
import jcompose.core.loading.Shape.Struct;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlScalar.Kind;
import jcompose.core.yaml.YamlSequence;

/// A decoded tree as docker compose prints it: keys in the order of its model, what means nothing
/// left out. JSON and YAML differ in what they leave out.
final class PrintedForm {
  private final boolean json;
  private final boolean escaped;

  /// @param escaped a dollar becomes `$$`, so that what is printed loads again
  private PrintedForm(boolean json, boolean escaped) {
    this.json = json;
    this.escaped = escaped;
  }

  static YamlMapping json(YamlMapping tree) {
    return (YamlMapping) new PrintedForm(true, true).print(tree, ComposeShape.PROJECT, true);
  }

  static YamlMapping yaml(YamlMapping tree) {
    return (YamlMapping) new PrintedForm(false, true).print(tree, ComposeShape.PROJECT, true);
  }

  /// What is printed, without what makes it load again.
  static YamlMapping shown(YamlMapping tree) {
    return (YamlMapping) new PrintedForm(false, false).print(tree, ComposeShape.PROJECT, true);
  }

  /// A tree that was not decoded: keys sorted, nothing left out.
  static YamlMapping raw(YamlMapping tree, boolean json) {
    return (YamlMapping) new PrintedForm(json, false).any(tree);
  }

  /// A service for its hash.
  static YamlMapping service(YamlMapping service) {
    return (YamlMapping) new PrintedForm(true, false).print(service, ServiceShape.SERVICE, false);
  }

  private YamlNode print(YamlNode node, Shape shape, boolean top) {
    return switch (shape) {
      case Any _ -> any(node);
      case Later(var later) -> print(node, later.get(), top);
      case Nullable(Shape inner) -> node.isNull() ? node : print(node, inner, top);
      case OneOf(var alternatives) ->
          alternatives.stream()
              .filter(it -> Validate.fits(node, it))
              .findFirst()
              .map(it -> print(node, it, top))
              .orElseGet(() -> any(node));
      case Leaf _ -> any(node);
      case ListOf list ->
          node instanceof YamlSequence sequence
              ? sequence.withItems(
                  sequence.items().stream().map(it -> print(it, list.item(), false)).toList())
              : any(node);
      case MapOf map -> {
        if (!(node instanceof YamlMapping mapping)) {
          yield any(node);
        }
        if (map.value() instanceof Leaf(LeafType type, _, _, _) && type == LeafType.SSH_KEY) {
          yield sshKeys(mapping);
        }
        var entries = new LinkedHashMap<String, YamlEntry>();
        sorted(mapping)
            .forEach(
                (key, entry) ->
                    entries.put(
                        escaped(key), entry.with(print(entry.value(), map.value(), false))));
        yield mapping.withEntries(entries);
      }
      case Struct struct ->
          node instanceof YamlMapping mapping
              ? struct.name().equals("ulimit") ? ulimit(mapping) : struct(mapping, struct, top)
              : any(node);
    };
  }

  /// As a list: `default`, and `id: path` in YAML; JSON has `id=path`, which loads again.
  private YamlNode sshKeys(YamlMapping mapping) {
    var items = new ArrayList<YamlNode>();
    sorted(mapping)
        .forEach(
            (id, entry) -> {
              String path = entry.value() instanceof YamlScalar it ? it.text() : "";
              items.add(
                  YamlScalar.string(
                      escaped(path.isEmpty() ? id : id + (json ? "=" : ": ") + path),
                      entry.value().origin()));
            });
    return YamlSequence.of(items, mapping.origin());
  }

  /// One number for both limits is printed as that number; in JSON zeros are left out.
  private YamlNode ulimit(YamlMapping mapping) {
    YamlNode single = mapping.get("single");
    if (single != null && !isZero(single, new Any())) {
      return single;
    }
    var entries = new LinkedHashMap<String, YamlEntry>();
    for (String key : List.of("soft", "hard")) {
      YamlNode value = single == null ? mapping.get(key) : single;
      if (value != null && !(json && isZero(value, new Any()))) {
        entries.put(key, new YamlEntry(value.range(), value));
      }
    }
    return mapping.withEntries(entries);
  }

  private YamlMapping struct(YamlMapping mapping, Struct struct, boolean top) {
    var entries = new LinkedHashMap<String, YamlEntry>();
    for (Map.Entry<String, Field> it : struct.fields().entrySet()) {
      String key = it.getKey();
      Field field = it.getValue();
      YamlEntry entry = mapping.entries().get(key);
      printed(
              field,
              entry == null || entry.value().isNull()
                  ? Optional.empty()
                  : Optional.of(entry.value()),
              mapping)
          .ifPresent(
              value -> entries.put(printedKey(struct, key), new YamlEntry(value.range(), value)));
    }
    if (!json || top) {
      sorted(mapping)
          .forEach(
              (key, entry) -> {
                if (key.startsWith("x-")) {
                  entries.put(key, entry.with(any(entry.value())));
                }
              });
    }
    return mapping.withEntries(entries);
  }

  private Optional<YamlNode> printed(Field field, Optional<YamlNode> value, YamlMapping owner) {
    if (field.print() == Print.NEVER) {
      return Optional.empty();
    }
    if (value.isEmpty()) {
      if (field.print() == Print.EVEN_UNSET) {
        return Optional.of(zero(field.shape(), owner));
      }
      if (!json) {
        return Optional.empty();
      }
      return switch (field.print()) {
        case ALWAYS -> Optional.of(YamlScalar.nothing(owner.origin()));
        case ALWAYS_MAPPING ->
            Optional.of(print(YamlMapping.empty(owner.origin()), field.shape(), false));
        case NOT_EMPTY, WHEN_SET, EVEN_UNSET, NEVER, DERIVED -> Optional.empty();
      };
    }
    YamlNode printed = print(value.get(), field.shape(), false);
    boolean keep =
        switch (field.print()) {
          case WHEN_SET, EVEN_UNSET, ALWAYS -> true;
          case ALWAYS_MAPPING -> json || !isZero(printed, field.shape());
          case NOT_EMPTY -> !isZero(printed, field.shape());
          case NEVER, DERIVED -> false;
        };
    return keep ? Optional.of(printed) : Optional.empty();
  }

  /// What stands where a value of a type was not given.
  private static YamlNode zero(Shape shape, YamlMapping owner) {
    LeafType type = shape instanceof Leaf leaf ? leaf.type() : LeafType.STRING;
    return switch (type) {
      case WHOLE, INTEGER, NATIVE_NUMBER -> YamlScalar.integer(0, owner.origin());
      case BYTES, WHOLE_BYTES -> YamlScalar.string("0", owner.origin());
      default -> YamlScalar.string("", owner.origin());
    };
  }

  /// What Go's encoder calls empty.
  private static boolean isZero(YamlNode node, Shape shape) {
    return switch (node) {
      case YamlMapping mapping -> mapping.entries().isEmpty();
      case YamlSequence sequence -> sequence.items().isEmpty();
      case YamlScalar scalar ->
          switch (scalar.kind()) {
            case NULL -> true;
            case BOOLEAN -> scalar.text().equals("false");
            case INTEGER, FLOAT -> scalar.text().equals("0");
            case STRING -> scalar.text().isEmpty() || scalar.text().equals(zeroText(shape));
            case TIMESTAMP -> false;
          };
    };
  }

  /// How zero is printed where a string stands for a number.
  private static String zeroText(Shape shape) {
    if (!(shape instanceof Leaf leaf)) {
      return "";
    }
    return switch (leaf.type()) {
      case BYTES, WHOLE_BYTES, SIZE -> "0";
      case DURATION -> "0s";
      default -> "";
    };
  }

  private String printedKey(Struct struct, String key) {
    boolean device = struct.name().equals("device limit") || struct.name().equals("device weight");
    return json && device ? Character.toUpperCase(key.charAt(0)) + key.substring(1) : key;
  }

  /// Go's YAML encoder counts digits in keys as numbers; its JSON encoder does not.
  private SequencedMap<String, YamlEntry> sorted(YamlMapping mapping) {
    var sorted = new TreeMap<String, YamlEntry>(json ? null : GoKeyOrder.INSTANCE);
    sorted.putAll(mapping.entries());
    return sorted;
  }

  private String escaped(String text) {
    return escaped && text.indexOf('$') >= 0 ? text.replace("$", "$$") : text;
  }

  private YamlNode any(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar ->
          scalar.kind() == Kind.STRING ? scalar.with(Kind.STRING, escaped(scalar.text())) : scalar;
      case YamlSequence sequence when json && sequence.items().isEmpty() ->
          YamlScalar.nothing(
              sequence.origin()); // as docker compose writes a list it has no type for
      case YamlSequence sequence -> {
        var items = new ArrayList<YamlNode>();
        sequence.items().forEach(it -> items.add(any(it)));
        yield sequence.withItems(items);
      }
      case YamlMapping mapping -> {
        var entries = new LinkedHashMap<String, YamlEntry>();
        sorted(mapping)
            .forEach((key, entry) -> entries.put(escaped(key), entry.with(any(entry.value()))));
        yield mapping.withEntries(entries);
      }
    };
  }
}
