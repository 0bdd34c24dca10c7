package jcompose.cli.output;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import jcompose.cli.output.RowTemplate.Row;

/// Rows as `--format` asks for them: `table`, `table TEMPLATE`, `json` (an object a line), or a
/// template a row.
public final class RowFormat {
  private static final String TABLE = "table";

  private final boolean table;
  private final boolean json;
  private final RowTemplate template;
  private final Map<String, String> titles;

  /// @param usual the template of the table without one
  /// @param titles of columns by field
  /// @throws jcompose.cli.settings.UsageError when the format is no template
  public RowFormat(String format, String usual, Map<String, String> titles) {
    String text = format.strip().replace("\\t", "\t").replace("\\n", "\n");
    this.table = text.equals(TABLE) || text.startsWith(TABLE + " ") || text.isEmpty();
    this.titles = Map.copyOf(titles);
    this.json = text.equals("json");
    if (json) {
      template = RowTemplate.of("{{json .}}");
    } else if (table) {
      String columns = text.substring(Math.min(text.length(), TABLE.length())).strip();
      template = RowTemplate.of(columns.isEmpty() ? usual : columns);
    } else {
      template = RowTemplate.of(text);
    }
  }

  /// @param names of all fields, for the titles of a table without rows
  public void print(List<Row> rows, Row names, PrintStream out) {
    if (!table) {
      rows.stream().map(template::fill).forEach(it -> out.println(json ? escaped(it) : it));
      return;
    }
    var columns = new Columns(10, 3);
    columns.row(cells(template.titles(titles, names)));
    rows.forEach(it -> columns.row(cells(template.fill(it))));
    columns.print(out);
  }

  /// Go's JSON may stand in HTML.
  private static String escaped(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static List<String> cells(String line) {
    return List.of(line.split("\t", -1));
  }
}
