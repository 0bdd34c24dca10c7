package jcompose.cli.container;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jcompose.cli.output.Ages;
import jcompose.cli.output.Cut;
import jcompose.cli.output.GoTime;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.cli.output.ShortId;
import jcompose.cli.output.Sizes;
import jcompose.cli.template.Tree;

/// Containers with the fields that docker's templates know.
final class ContainerListRows {
  static final String TABLE =
      "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";
  static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("Command", "COMMAND"),
          Map.entry("CreatedAt", "CREATED AT"),
          Map.entry("ID", "CONTAINER ID"),
          Map.entry("Image", "IMAGE"),
          Map.entry("Labels", "LABELS"),
          Map.entry("LocalVolumes", "LOCAL VOLUMES"),
          Map.entry("Mounts", "MOUNTS"),
          Map.entry("Names", "NAMES"),
          Map.entry("Networks", "NETWORKS"),
          Map.entry("Ports", "PORTS"),
          Map.entry("RunningFor", "CREATED"),
          Map.entry("Size", "SIZE"),
          Map.entry("State", "STATE"),
          Map.entry("Status", "STATUS"));

  private static final int COMMAND_WIDTH = 20;
  private static final int MOUNT_WIDTH = 15;

  private final Instant now;
  private final boolean whole;

  /// @param whole cuts nothing
  ContainerListRows(Instant now, boolean whole) {
    this.now = now;
    this.whole = whole;
  }

  Row of(Tree container) {
    Instant created = Instant.ofEpochSecond(container.at("Created").number());
    String command = container.at("Command").text();
    var fields = new TreeMap<String, Object>();
    fields.put("Command", quoted(whole ? command : Cut.to(command, COMMAND_WIDTH)));
    fields.put("CreatedAt", GoTime.of(created.getEpochSecond(), ZoneId.systemDefault()));
    fields.put("ID", ShortId.of(container.at("Id").text(), whole));
    fields.put("Image", image(container));
    fields.put("Labels", container.at("Labels").labels());
    fields.put(
        "LocalVolumes",
        Long.toString(
            mounts(container).filter(it -> it.at("Driver").text().equals("local")).count()));
    fields.put("Mounts", mounts(container).map(this::mount).collect(Collectors.joining(",")));
    fields.put("Names", names(container));
    fields.put(
        "Networks",
        container.at("NetworkSettings", "Networks").entries().keySet().stream()
            .sorted()
            .collect(Collectors.joining(",")));
    fields.put("Ports", ListedPorts.of(container.at("Ports").items()));
    fields.put("RunningFor", Ages.human(Duration.between(created, now)) + " ago");
    fields.put("Size", size(container));
    fields.put("State", container.at("State").text());
    fields.put("Status", container.at("Status").text());
    return new Row(fields, container.at("Labels").strings());
  }

  private static Stream<Tree> mounts(Tree container) {
    return container.at("Mounts").items().stream();
  }

  private String mount(Tree mount) {
    String name = mount.at("Name").text();
    String shown = name.isEmpty() ? mount.at("Source").text() : name;
    return whole ? shown : Cut.to(shown, MOUNT_WIDTH);
  }

  /// Names that other containers have for it are left out with the rest that is cut.
  private String names(Tree container) {
    List<String> names = container.at("Names").texts();
    return names.stream()
        .map(it -> it.startsWith("/") ? it.substring(1) : it)
        .filter(it -> whole || it.indexOf('/') < 0)
        .collect(Collectors.joining(","));
  }

  private String image(Tree container) {
    String image = container.at("Image").text();
    if (image.isEmpty()) {
      return "<no image>";
    }
    if (whole) {
      return image;
    }
    String id = ShortId.of(container.at("ImageID").text(), false);
    if (ShortId.of(image, false).equals(id)) {
      return id;
    }
    int digest = image.indexOf('@');
    boolean tagged = digest > 0 && image.lastIndexOf(':', digest) > image.lastIndexOf('/', digest);
    return tagged ? image.substring(0, digest) : image;
  }

  private static String size(Tree container) {
    long root = container.at("SizeRootFs").number();
    String own = Sizes.decimal(container.at("SizeRw").number());
    return root > 0 ? own + " (virtual " + Sizes.decimal(root) + ")" : own;
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"';
  }
}
