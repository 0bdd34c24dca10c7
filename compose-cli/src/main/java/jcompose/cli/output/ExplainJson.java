package jcompose.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import jcompose.core.loading.History;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.Origin.VariableUse;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// An explanation as JSON; docs/explain.md has the schema.
public final class ExplainJson {
  private final History history;
  private final Origin here;

  private ExplainJson(History history, Origin here) {
    this.history = history;
    this.here = here;
  }

  /// @param any where the texts of the document itself are said to stand; not printed
  public static String of(Explanation explanation, Origin any) {
    var json = new ExplainJson(explanation.history(), any);
    return ConfigJson.of(
        json.mapping()
            .with("version", YamlScalar.integer(1, any))
            .with(
                "values",
                json.list(
                    explanation.values().stream()
                        .map(
                            it ->
                                json.value(
                                    json.mapping().with("path", json.text(it.path())), it.node()))
                        .toList()))
            .with(
                "removed",
                json.list(
                    explanation.removed().stream()
                        .map(
                            it ->
                                json.value(
                                        json.mapping()
                                            .with("path", json.text(it.path().toString())),
                                        it.value())
                                    .with("by", json.place(json.mapping(), it.by())))
                        .toList()))
            .with(
                "left_out",
                json.list(
                    explanation.leftOut().stream()
                        .map(
                            it ->
                                json.place(
                                        json.mapping()
                                            .with("path", json.text(it.path().toString())),
                                        it.at())
                                    .with("why", json.text(it.why())))
                        .toList())));
  }

  private YamlMapping value(YamlMapping start, YamlNode node) {
    Origin origin = node.origin();
    YamlMapping found = place(start.with("value", node), origin.range());
    if (origin.note().isPresent()) {
      found = found.with("note", text(origin.note().get()));
    }
    if (origin.written().isPresent()) {
      found = found.with("written", text(origin.written().get()));
    }
    if (!origin.variables().isEmpty()) {
      found = found.with("variables", list(origin.variables().stream().map(this::use).toList()));
    }
    if (origin.replaced().isPresent()) {
      Origin.Replaced it = origin.replaced().get();
      String cause =
          switch (it.cause()) {
            case FILE -> "file";
            case EXTENDS -> "extends";
            case INCLUDE -> "include";
            case REPEATED -> "repeated";
            case OWN -> "own";
          };
      YamlMapping earlier =
          mapping()
              .with("cause", text(cause))
              .with("added", YamlScalar.bool(ExplainText.addsTo(node, it.value()), here));
      found = found.with("replaced", value(earlier, it.value()));
    }
    return found;
  }

  private YamlMapping use(VariableUse use) {
    YamlMapping found = mapping().with("name", text(use.name()));
    if (use.source().isPresent()) {
      found = found.with("source", text(use.source().get()));
      found = found.with("value", text(use.value().orElse("")));
    }
    return use.instead().isPresent() ? found.with("instead", text(use.instead().get())) : found;
  }

  private YamlMapping place(YamlMapping start, SourceRange range) {
    YamlMapping found =
        start
            .with("file", text(range.file().name()))
            .with("line", YamlScalar.integer(range.line(), here))
            .with("column", YamlScalar.integer(range.column(), here));
    return history
        .includedAt(range.file().name())
        .map(it -> found.with("included_at", text(it.toString())))
        .orElse(found);
  }

  private YamlMapping mapping() {
    return YamlMapping.of(new LinkedHashMap<String, YamlEntry>(), here);
  }

  private YamlSequence list(List<YamlMapping> items) {
    return YamlSequence.of(items, here);
  }

  private YamlScalar text(String text) {
    return YamlScalar.string(text, here);
  }
}
