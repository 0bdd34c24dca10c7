package jcompose.cli.output;

import java.util.Optional;
import jcompose.core.loading.History;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.Origin.VariableUse;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// An explanation for a person: a line for each value with its place, and below it what led there.
public final class ExplainText {
  private static final int WIDEST = 50;
  private final StringBuilder out = new StringBuilder();
  private final History history;

  private ExplainText(History history) {
    this.history = history;
  }

  public static String of(Explanation explanation) {
    var text = new ExplainText(explanation.history());
    int width =
        explanation.values().stream()
            .mapToInt(it -> head(it).length())
            .filter(it -> it <= WIDEST)
            .max()
            .orElse(0);
    for (Explanation.Value it : explanation.values()) {
      String head = head(it);
      text.out.append(head).append(" ".repeat(Math.max(0, width - head.length()) + 2));
      text.out.append(text.place(it.node().origin())).append('\n');
      text.variables(it.node().origin(), "    ");
      text.replaced(it.node(), "    ");
    }
    for (History.Removed it : explanation.removed()) {
      text.out.append(printable(it.path().toString())).append(" is reset at ").append(it.by());
      text.out.append('\n');
      text.out.append("    took out ").append(inWords(it.value())).append(" of ");
      text.out.append(text.place(it.value().origin())).append('\n');
    }
    for (History.LeftOut it : explanation.leftOut()) {
      text.out.append(printable(it.path() + " of " + it.at() + " is left out: " + it.why()));
      text.out.append('\n');
    }
    return text.out.toString();
  }

  private static String head(Explanation.Value value) {
    return printable(value.path()) + " = " + inWords(value.node());
  }

  private String place(Origin origin) {
    SourceRange range = origin.range();
    String included =
        history.includedAt(range.file().name()).map(it -> ", included at " + it).orElse("");
    return printable(
        origin
            .note()
            .map(
                note ->
                    note.startsWith("env_file") || note.startsWith("label_file")
                        ? range + included + " (" + note + ")"
                        : range + included + " (no file says it; " + note + ")")
            .orElse(range + included));
  }

  private void variables(Origin origin, String indent) {
    origin
        .written()
        .ifPresent(it -> out.append(indent).append("written as ").append(quoted(it)).append('\n'));
    for (VariableUse it : origin.variables()) {
      out.append(indent).append(printable(it.name())).append(": ").append(inWords(it)).append('\n');
    }
  }

  private static String inWords(VariableUse use) {
    String set =
        use.source()
            .map(it -> quoted(use.value().orElse("")) + " from " + printable(it))
            .orElse("not set");
    Optional<String> instead = use.instead();
    return instead.map(it -> set + ", so " + quoted(it) + " of its ${} stands there").orElse(set);
  }

  private void replaced(YamlNode node, String indent) {
    node.origin()
        .replaced()
        .ifPresent(
            it -> {
              String verb = addsTo(node, it.value()) ? "adds to " : "replaced ";
              out.append(indent).append(verb).append(inWords(it.value())).append(" of ");
              out.append(place(it.value().origin())).append(" (").append(why(it.cause()));
              out.append(")\n");
              variables(it.value().origin(), indent + "  ");
              replaced(it.value(), indent + "  ");
            });
  }

  /// Whether a list still holds an item of the one before it.
  static boolean addsTo(YamlNode node, YamlNode earlier) {
    return node instanceof YamlSequence now
        && earlier instanceof YamlSequence before
        && now.items().stream()
            .anyMatch(
                it -> before.items().stream().anyMatch(old -> old.range().equals(it.range())));
  }

  private static String why(Origin.Cause cause) {
    return switch (cause) {
      case FILE -> "a later file or document counts more";
      case EXTENDS -> "the service counts more than the one it extends";
      case INCLUDE -> "what stands beside an include counts more";
      case REPEATED -> "the last of items that say the same thing counts";
      case OWN -> "the service itself counts more than its files";
    };
  }

  private static String inWords(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar ->
          switch (scalar.kind()) {
            case NULL -> "null";
            case STRING -> quoted(scalar.text());
            case BOOLEAN, INTEGER, FLOAT, TIMESTAMP -> scalar.text();
          };
      case YamlSequence sequence ->
          sequence.items().isEmpty() ? "[]" : "a list of " + sequence.items().size();
      case YamlMapping mapping -> mapping.entries().isEmpty() ? "{}" : "a mapping";
    };
  }

  private static String quoted(String text) {
    return '"' + printable(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  /// Nothing of a file reaches the terminal as a control sequence.
  private static String printable(String text) {
    var out = new StringBuilder(text.length());
    text.chars()
        .forEach(
            it -> {
              if (it == '\n') {
                out.append("\\n");
              } else if (Character.isISOControl(it) || Character.getType(it) == Character.FORMAT) {
                out.append("\\u%04x".formatted(it));
              } else {
                out.append((char) it);
              }
            });
    return out.toString();
  }
}
