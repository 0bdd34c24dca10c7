package jcompose.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import jcompose.core.resource.ProcessList;

/// The processes of several containers as one table: service and number, then every column that one
/// of them has, the command last. A cell that a container does not have is `-`.
public final class ProcessTable {
  private static final String LAST = "CMD";

  private final SequencedSet<String> titles = new LinkedHashSet<>(List.of("SERVICE", "#"));
  private final List<Map<String, String>> rows = new ArrayList<>();

  public void add(String service, int number, ProcessList processes) {
    titles.addAll(processes.titles());
    for (List<String> cells : processes.rows()) {
      var row = new LinkedHashMap<String, String>();
      row.put("SERVICE", service);
      row.put("#", Integer.toString(number));
      for (int i = 0; i < Math.min(cells.size(), processes.titles().size()); i++) {
        row.put(processes.titles().get(i), cells.get(i));
      }
      rows.add(row);
    }
  }

  public void print(PrintStream out) {
    if (rows.isEmpty()) {
      return;
    }
    var columns = new ArrayList<>(titles);
    if (columns.remove(LAST)) {
      columns.add(LAST);
    }
    var table = new Columns(4, 2);
    table.row(columns);
    rows.forEach(row -> table.row(columns.stream().map(it -> row.getOrDefault(it, "-")).toList()));
    table.print(out);
  }
}
