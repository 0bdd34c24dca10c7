package jcompose.cli.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// How a list is printed, and what is in it.
public final class ListFlags extends FormatFlags {
  @Option(
      names = {"-f", "--filter"},
      paramLabel = "filter",
      description = "Filter output based on conditions provided")
  private List<String> filters = new ArrayList<>();

  /// Values by name.
  public Map<String, List<String>> filters() {
    return Pairs.filters("-f, --filter", filters);
  }
}
