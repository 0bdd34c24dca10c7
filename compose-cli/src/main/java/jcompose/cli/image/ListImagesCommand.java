package jcompose.cli.image;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.ListFlags;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.template.Tree;
import jcompose.core.engine.Documents;
import jcompose.core.resource.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose image ls`.
@Command(name = "ls", sortOptions = false)
final class ListImagesCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ListFlags flags = new ListFlags();

  @Option(
      names = {"-a", "--all"},
      description = "Show all images (default hides intermediate images)")
  private boolean all;

  @Option(names = "--digests", description = "Show digests")
  private boolean digests;

  @Option(names = "--no-trunc", description = "Don't truncate output")
  private boolean whole;

  @Parameters(paramLabel = "REPOSITORY", arity = "0..1")
  private String repository = "";

  ListImagesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var printed =
        flags.format(digests ? ImageRows.WITH_DIGEST : ImageRows.TABLE, ImageRows.TITLES, "ID");
    var filters = new LinkedHashMap<>(flags.filters());
    if (!repository.isEmpty()) {
      filters.computeIfAbsent("reference", _ -> new ArrayList<>()).add(repository);
    }
    var query = new Documents.Query(all, Optional.empty(), false, filters);
    var rows = new ImageRows(Instant.now(), whole, digests || flags.wants("Digest"));
    List<Row> found =
        Tree.parse(session.engine().documents().list(ObjectKind.IMAGE, query)).items().stream()
            .sorted(Comparator.comparingLong((Tree it) -> it.at("Created").number()).reversed())
            .flatMap(it -> rows.of(it).stream())
            .toList();
    printed.print(found, rows.of(new Tree(Map.of())).getFirst(), session.invocation().output());
    return ExitStatus.OK;
  }
}
