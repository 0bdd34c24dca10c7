package jcompose.core.loading;

import java.util.Map;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// A tree as JSON in one line, escaped as Go escapes it, so that hashes of it agree with docker
/// compose's.
final class JsonText {
  private JsonText() {}

  static String of(YamlNode node) {
    var out = new StringBuilder();
    write(node, out);
    return out.toString();
  }

  private static void write(YamlNode node, StringBuilder out) {
    switch (node) {
      case YamlScalar scalar -> {
        switch (scalar.kind()) {
          case NULL -> out.append("null");
          case BOOLEAN, INTEGER, FLOAT -> out.append(scalar.text());
          case STRING, TIMESTAMP -> quote(scalar.text(), out);
        }
      }
      case YamlSequence sequence -> {
        out.append('[');
        String separator = "";
        for (YamlNode item : sequence.items()) {
          out.append(separator);
          write(item, out);
          separator = ",";
        }
        out.append(']');
      }
      case YamlMapping mapping -> {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, YamlEntry> it : mapping.entries().entrySet()) {
          out.append(separator);
          quote(it.getKey(), out);
          out.append(':');
          write(it.getValue().value(), out);
          separator = ",";
        }
        out.append('}');
      }
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            out.append("\\u").append("%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
