package jcompose.cli.output;

import java.util.Map;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// A project as YAML, character by character as docker compose writes it: indented by two, lists
/// indented below their key, lines never folded, quotes only where another reader would need them.
public final class ConfigYaml {
  private final StringBuilder out = new StringBuilder();

  private ConfigYaml() {}

  public static String of(YamlNode tree) {
    var yaml = new ConfigYaml();
    switch (tree) {
      case YamlMapping mapping when !mapping.entries().isEmpty() -> yaml.mapping(mapping, 0);
      default -> {
        yaml.inline(tree, 0);
      }
    }
    return yaml.out.toString();
  }

  private void mapping(YamlMapping mapping, int indent) {
    boolean first = true;
    for (Map.Entry<String, YamlEntry> it : mapping.entries().entrySet()) {
      if (!first || indent == 0) {
        out.append(" ".repeat(indent));
      }
      first = false;
      entry(it.getKey(), it.getValue().value(), indent);
    }
  }

  private void entry(String key, YamlNode value, int indent) {
    out.append(YamlText.key(key)).append(':');
    value(value, indent);
  }

  /// What follows `key:`, with the end of the line.
  private void value(YamlNode value, int indent) {
    switch (value) {
      case YamlMapping mapping when !mapping.entries().isEmpty() -> {
        out.append('\n').append(" ".repeat(indent + 2));
        mapping(mapping, indent + 2);
      }
      case YamlSequence sequence when !sequence.items().isEmpty() -> {
        out.append('\n');
        sequence(sequence, indent + 2, false);
      }
      default -> {
        out.append(' ');
        inline(value, indent);
      }
    }
  }

  /// @param placed whether the first dash's column is reached already
  private void sequence(YamlSequence sequence, int indent, boolean placed) {
    boolean first = placed;
    for (YamlNode item : sequence.items()) {
      if (!first) {
        out.append(" ".repeat(indent));
      }
      first = false;
      out.append("- ");
      switch (item) {
        case YamlMapping mapping when !mapping.entries().isEmpty() -> mapping(mapping, indent + 2);
        case YamlSequence inner when !inner.items().isEmpty() -> sequence(inner, indent + 2, true);
        default -> inline(item, indent);
      }
    }
  }

  private void inline(YamlNode value, int indent) {
    switch (value) {
      case YamlMapping _ -> out.append("{}");
      case YamlSequence _ -> out.append("[]");
      case YamlScalar scalar -> out.append(text(scalar, indent));
    }
    if (out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
  }

  /// A time that Go prints as `2024-01-02 03:04:05 +0000 UTC`, as RFC 3339 has it.
  static String time(String text) {
    return text.replaceFirst(" ", "T")
        .replace(" +0000 UTC", "Z")
        .replaceFirst(" ([-+]\\d\\d)(\\d\\d) .*", "$1:$2");
  }

  private static String text(YamlScalar scalar, int indent) {
    return switch (scalar.kind()) {
      case NULL -> "null";
      case BOOLEAN, INTEGER -> scalar.text();
      case FLOAT -> scalar.shown();
      case TIMESTAMP -> time(scalar.text());
      case STRING -> YamlText.value(scalar.text(), indent);
    };
  }
}
