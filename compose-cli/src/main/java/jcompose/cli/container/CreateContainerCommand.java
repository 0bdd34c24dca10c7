package jcompose.cli.container;

import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `jcompose container create`.
@Command(name = "create", sortOptions = false)
final class CreateContainerCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final CreateFlags flags = new CreateFlags();

  CreateContainerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.invocation().output().println(new Creation(session, flags).create(false));
    return ExitStatus.OK;
  }
}
