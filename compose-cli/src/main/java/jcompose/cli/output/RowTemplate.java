package jcompose.cli.output;

import java.util.Map;
import java.util.TreeMap;
import jcompose.cli.template.GoTemplate;

/// A [GoTemplate] for rows of a list.
public final class RowTemplate {
  private final GoTemplate template;

  private RowTemplate(GoTemplate template) {
    this.template = template;
  }

  /// @throws jcompose.cli.settings.UsageError when it is none
  public static RowTemplate of(String text) {
    return new RowTemplate(GoTemplate.of(text));
  }

  /// A row of values: their names, what each is, and the object's labels.
  public record Row(Map<String, Object> fields, Map<String, String> labels) {}

  /// Fills it in.
  ///
  /// @throws jcompose.cli.settings.UsageError for a field that there is not
  public String fill(Row row) {
    return template.fill(row.fields(), row.labels());
  }

  /// The same with each field's title for its value; as docker, a field without one is its name.
  String titles(Map<String, String> titles, Row any) {
    var names = new TreeMap<String, Object>();
    any.fields().keySet().forEach(it -> names.put(it, titles.getOrDefault(it, it)));
    return template.titles(names);
  }
}
