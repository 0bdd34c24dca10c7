package jcompose.cli.container;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.ListFlags;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.template.Tree;
import jcompose.core.engine.Documents;
import jcompose.core.resource.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `jcompose container ls`.
@Command(name = "ls", sortOptions = false)
final class ListContainersCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ListFlags flags = new ListFlags();

  @Option(
      names = {"-a", "--all"},
      description = "Show all containers (default shows just running)")
  private boolean all;

  @Option(
      names = {"-n", "--last"},
      paramLabel = "int",
      description = "Show n last created containers (includes all states) (default -1)")
  private int last = -1;

  @Option(
      names = {"-l", "--latest"},
      description = "Show the latest created container (includes all states)")
  private boolean latest;

  @Option(names = "--no-trunc", description = "Don't truncate output")
  private boolean whole;

  @Option(
      names = {"-s", "--size"},
      description = "Display total file sizes")
  private boolean sizes;

  ListContainersCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String table = sizes ? ContainerListRows.TABLE + "\t{{.Size}}" : ContainerListRows.TABLE;
    var printed = flags.format(table, ContainerListRows.TITLES, "ID");
    int limit = latest && last < 0 ? 1 : last;
    var query =
        new Documents.Query(
            all,
            limit > 0 ? Optional.of(limit) : Optional.empty(),
            sizes || flags.wants("Size"),
            flags.filters());
    var rows = new ContainerListRows(Instant.now(), whole);
    var found =
        Tree.parse(session.engine().documents().list(ObjectKind.CONTAINER, query)).items().stream()
            .map(rows::of)
            .toList();
    printed.print(found, rows.of(new Tree(Map.of())), session.invocation().output());
    return ExitStatus.OK;
  }
}
