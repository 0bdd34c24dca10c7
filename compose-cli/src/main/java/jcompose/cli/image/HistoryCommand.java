package jcompose.cli.image;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jcompose.cli.object.FormatFlags;
import jcompose.cli.output.Ages;
import jcompose.cli.output.Cut;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.cli.output.ShortId;
import jcompose.cli.output.Sizes;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.template.Tree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose image history`.
@Command(name = "history", sortOptions = false)
final class HistoryCommand implements Callable<Integer> {
  private static final String TABLE =
      "{{.ID}}\t{{.CreatedSince}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}";
  private static final int WIDEST = 45;

  private final Session session;

  @Mixin private final FormatFlags flags = new FormatFlags();

  @Option(
      names = {"-H", "--human"},
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Print sizes and dates in human readable format (default true)")
  private boolean human = true;

  @Option(names = "--no-trunc", description = "Don't truncate output")
  private boolean whole;

  @Parameters(paramLabel = "IMAGE")
  private String image = "";

  HistoryCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Map<String, String> titles =
        Map.of(
            "Comment", "COMMENT",
            "CreatedAt", "CREATED AT",
            "CreatedBy", "CREATED BY",
            "CreatedSince", human ? "CREATED" : "CREATED AT",
            "ID", "IMAGE",
            "Size", "SIZE");
    var printed = flags.format(TABLE, titles, "ID");
    Instant now = Instant.now();
    var rows =
        Tree.parse(session.engine().documents().history(image)).items().stream()
            .map(it -> row(it, now))
            .toList();
    printed.print(rows, row(new Tree(Map.of()), now), session.invocation().output());
    return ExitStatus.OK;
  }

  private Row row(Tree layer, Instant now) {
    Instant created = Instant.ofEpochSecond(layer.at("Created").number());
    String time =
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(created.atZone(ZoneId.systemDefault()));
    String by = layer.at("CreatedBy").text().replace('\t', ' ');
    long size = layer.at("Size").number();
    var fields = new TreeMap<String, Object>();
    fields.put("Comment", layer.at("Comment").text());
    fields.put("CreatedAt", time);
    fields.put("CreatedBy", whole ? by : Cut.to(by, WIDEST));
    fields.put("CreatedSince", human ? Ages.human(Duration.between(created, now)) + " ago" : time);
    fields.put("ID", ShortId.of(layer.at("Id").text(), whole));
    fields.put("Size", human ? Sizes.decimal(size) : Long.toString(size));
    return new Row(fields, Map.of());
  }
}
