package jcompose.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Rows of cells in columns as Go's text/tabwriter sets them, which Docker's tables are made with:
/// each but the last is as wide as its widest cell and some blanks, and not narrower than a least
/// width.
public final class Columns {
  private final int least;
  private final int blanks;
  private final List<List<String>> rows = new ArrayList<>();

  public Columns(int least, int blanks) {
    this.least = least;
    this.blanks = blanks;
  }

  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  public void print(PrintStream out) {
    int count = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[count];
    for (List<String> row : rows) {
      for (int i = 0; i + 1 < row.size(); i++) {
        widths[i] = Math.max(widths[i], Math.max(least, width(row.get(i)) + blanks));
      }
    }
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        if (i + 1 < row.size()) {
          line.append(" ".repeat(widths[i] - width(row.get(i))));
        }
      }
      out.println(line);
    }
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
