package jcompose.cli.network;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import jcompose.cli.object.ListFlags;
import jcompose.cli.output.NaturalOrder;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.template.Tree;
import jcompose.core.engine.Documents;
import jcompose.core.resource.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `jcompose network ls`.
@Command(name = "ls", sortOptions = false)
final class ListNetworksCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ListFlags flags = new ListFlags();

  @Option(names = "--no-trunc", description = "Do not truncate the output")
  private boolean whole;

  ListNetworksCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var printed = flags.format(NetworkRows.TABLE, NetworkRows.TITLES, "ID");
    var query = Documents.Query.of(flags.filters());
    var rows =
        Tree.parse(session.engine().documents().list(ObjectKind.NETWORK, query)).items().stream()
            .sorted(Comparator.comparing(it -> it.at("Name").text(), NaturalOrder.INSTANCE))
            .map(it -> NetworkRows.of(it, whole))
            .toList();
    printed.print(rows, NetworkRows.of(new Tree(Map.of()), whole), session.invocation().output());
    return ExitStatus.OK;
  }
}
