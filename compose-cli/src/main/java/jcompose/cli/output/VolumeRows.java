package jcompose.cli.output;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.core.resource.VolumeDetails;

/// Volumes with the fields that docker's templates know.
public final class VolumeRows {
  public static final String TABLE = "{{.Driver}}\t{{.Name}}";
  public static final Map<String, String> TITLES =
      Map.of(
          "Availability", "AVAILABILITY",
          "Driver", "DRIVER",
          "Group", "GROUP",
          "Labels", "LABELS",
          "Links", "LINKS",
          "Mountpoint", "MOUNTPOINT",
          "Name", "VOLUME NAME",
          "Scope", "SCOPE",
          "Size", "SIZE",
          "Status", "STATUS");

  /// A volume of no name, for the names of the fields.
  public static final Row NAMES = of(new VolumeDetails("", "", "", Map.of()));

  private static final String UNKNOWN = "N/A"; // docker's word for what only clusters tell

  private VolumeRows() {}

  public static Row of(VolumeDetails volume) {
    var fields = new TreeMap<String, Object>();
    TITLES.keySet().forEach(it -> fields.put(it, UNKNOWN));
    fields.put("Driver", volume.driver());
    fields.put("Labels", labels(volume.labels()));
    fields.put("Mountpoint", volume.mountpoint());
    fields.put("Name", volume.name());
    fields.put("Scope", "local");
    return new Row(fields, volume.labels());
  }

  /// `a=1,b=2`, by name.
  static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(Collectors.joining(","));
  }
}
