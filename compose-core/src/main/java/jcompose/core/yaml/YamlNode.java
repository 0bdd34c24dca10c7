package jcompose.core.yaml;

import jcompose.core.source.SourceRange;

/// One value of a YAML text. Trees are immutable: a phase that changes one returns another.
public sealed interface YamlNode permits YamlMapping, YamlSequence, YamlScalar {
  Origin origin();

  Directive directive();

  YamlNode withOrigin(Origin value);

  default SourceRange range() {
    return origin().range();
  }

  /// `a mapping`, `a list`, `a string`, …: for messages.
  String kindInWords();

  default boolean isNull() {
    return this instanceof YamlScalar scalar && scalar.kind() == YamlScalar.Kind.NULL;
  }

  /// Whether both say the same, wherever they are written.
  static boolean same(YamlNode one, YamlNode other) {
    return switch (one) {
      case YamlScalar a ->
          other instanceof YamlScalar b && a.kind() == b.kind() && a.text().equals(b.text());
      case YamlSequence a -> {
        if (!(other instanceof YamlSequence b) || a.items().size() != b.items().size()) {
          yield false;
        }
        for (int i = 0; i < a.items().size(); i++) {
          if (!same(a.items().get(i), b.items().get(i))) {
            yield false;
          }
        }
        yield true;
      }
      case YamlMapping a -> {
        if (!(other instanceof YamlMapping b) || a.entries().size() != b.entries().size()) {
          yield false;
        }
        for (var entry : a.entries().entrySet()) {
          YamlEntry match = b.entries().get(entry.getKey());
          if (match == null || !same(entry.getValue().value(), match.value())) {
            yield false;
          }
        }
        yield true;
      }
    };
  }

  /// Equal for nodes that are the [#same].
  static int contentHash(YamlNode node) {
    return switch (node) {
      case YamlScalar it -> it.text().hashCode();
      case YamlSequence it -> {
        int hash = 1;
        for (YamlNode item : it.items()) {
          hash = 31 * hash + contentHash(item);
        }
        yield hash;
      }
      case YamlMapping it -> {
        int hash = 0;
        for (var entry : it.entries().entrySet()) {
          hash += entry.getKey().hashCode() ^ 31 * contentHash(entry.getValue().value());
        }
        yield hash;
      }
    };
  }
}
