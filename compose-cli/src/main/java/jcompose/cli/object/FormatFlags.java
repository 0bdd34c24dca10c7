package jcompose.cli.object;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import jcompose.cli.output.RowFormat;
import jcompose.cli.output.RowTemplate.Row;
import picocli.CommandLine.Option;

/// How a list is printed.
public class FormatFlags {
  @Option(
      names = "--format",
      paramLabel = "string",
      description = {
        "Format output using a custom template:",
        "'table':            Print output in table format with column headers (default)",
        "'table TEMPLATE':   Print output in table format using the given Go template",
        "'json':             Print in JSON format",
        "'TEMPLATE':         Print output using the given Go template"
      })
  private String format = "table";

  @Option(
      names = {"-q", "--quiet"},
      description = "Only display IDs or names")
  private boolean quiet;

  /// What the flags make of a list.
  @FunctionalInterface
  public interface Printed {
    /// @param names any row, for the names of its fields
    void print(List<Row> rows, Row names, PrintStream out);
  }

  /// Before anything is asked for, so that a wrong template costs nothing.
  ///
  /// @param table the template of the table without `--format`
  /// @param titles of the columns, by field
  /// @param name the field that `-q` prints
  public final Printed format(String table, Map<String, String> titles, String name) {
    var template = new RowFormat(format, table, titles);
    boolean namesAlone = quiet && (format.equals("table") || format.isEmpty());
    return namesAlone
        ? (rows, _, out) -> rows.forEach(it -> out.println(it.fields().get(name)))
        : template::print;
  }

  /// Whether a field is asked for that costs time.
  public final boolean wants(String field) {
    return format.contains("." + field);
  }
}
