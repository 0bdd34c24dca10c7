package jcompose.cli.volume;

import java.util.Comparator;
import java.util.concurrent.Callable;
import jcompose.cli.object.ListFlags;
import jcompose.cli.output.NaturalOrder;
import jcompose.cli.output.VolumeRows;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.template.Tree;
import jcompose.core.engine.Documents;
import jcompose.core.resource.ObjectKind;
import jcompose.core.resource.VolumeDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `jcompose volume ls`.
@Command(name = "ls", sortOptions = false)
final class ListVolumesCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ListFlags flags = new ListFlags();

  ListVolumesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var printed = flags.format(VolumeRows.TABLE, VolumeRows.TITLES, "Name");
    var query = Documents.Query.of(flags.filters());
    var rows =
        Tree.parse(session.engine().documents().list(ObjectKind.VOLUME, query))
            .at("Volumes")
            .items()
            .stream()
            .map(ListVolumesCommand::details)
            .sorted(Comparator.comparing(VolumeDetails::name, NaturalOrder.INSTANCE))
            .map(VolumeRows::of)
            .toList();
    printed.print(rows, VolumeRows.NAMES, session.invocation().output());
    return ExitStatus.OK;
  }

  private static VolumeDetails details(Tree volume) {
    return new VolumeDetails(
        volume.at("Name").text(),
        volume.at("Driver").text(),
        volume.at("Mountpoint").text(),
        volume.at("Labels").strings());
  }
}
