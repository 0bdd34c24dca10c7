package jcompose.cli.output;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerUsage;

/// What containers use, with the fields and units of `docker stats`.
public final class UsageRows {
  public static final String TABLE =
      "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}"
          + "\t{{.PIDs}}";
  public static final Map<String, String> TITLES =
      Map.of(
          "BlockIO", "BLOCK I/O",
          "CPUPerc", "CPU %",
          "Container", "CONTAINER",
          "ID", "CONTAINER ID",
          "MemPerc", "MEM %",
          "MemUsage", "MEM USAGE / LIMIT",
          "Name", "NAME",
          "NetIO", "NET I/O",
          "PIDs", "PIDS");

  /// For the names of the fields.
  public static final Row NAMES = names();

  private static final String UNKNOWN = "--";

  private UsageRows() {}

  private static Row names() {
    var fields = new TreeMap<String, Object>();
    TITLES.keySet().forEach(it -> fields.put(it, ""));
    return new Row(fields, Map.of());
  }

  /// @param before an earlier reading
  /// @param now absent for a container that does not run
  public static Row of(
      ContainerSummary container,
      Optional<ContainerUsage> before,
      Optional<ContainerUsage> now,
      boolean truncate) {
    var fields = new TreeMap<String, Object>();
    String id = truncate ? container.id().shortId() : container.id().value();
    fields.put("Container", id);
    fields.put("ID", id);
    fields.put("Name", container.name().value());
    fields.put(
        "CPUPerc",
        now.flatMap(it -> before.map(it::cpuPercentSince)).map(UsageRows::percent).orElse(UNKNOWN));
    fields.put("MemPerc", now.map(it -> percent(it.memoryPercent())).orElse(UNKNOWN));
    fields.put(
        "MemUsage",
        pair(
            now.map(
                it -> Sizes.binary(it.memoryBytes()) + " / " + Sizes.binary(it.memoryLimit()))));
    fields.put(
        "NetIO",
        pair(
            now.map(
                it -> Sizes.decimal(it.receivedBytes()) + " / " + Sizes.decimal(it.sentBytes()))));
    fields.put(
        "BlockIO",
        pair(
            now.map(
                it -> Sizes.decimal(it.readBytes()) + " / " + Sizes.decimal(it.writtenBytes()))));
    fields.put("PIDs", now.map(it -> Long.toString(it.processes())).orElse(UNKNOWN));
    return new Row(fields, container.labels());
  }

  private static String pair(Optional<String> text) {
    return text.orElse(UNKNOWN + " / " + UNKNOWN);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
