package jcompose.cli.container;

import jcompose.cli.object.InspectCommand;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jcompose container inspect`.
@Command(name = "inspect", sortOptions = false)
final class InspectContainersCommand extends InspectCommand {
  @Option(
      names = {"-s", "--size"},
      description = "Display total file sizes")
  private boolean sizes;

  InspectContainersCommand(Session session) {
    super(session, ObjectKind.CONTAINER);
  }

  @Override
  protected boolean sizes() {
    return sizes;
  }
}
