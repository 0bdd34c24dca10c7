package jcompose.cli.command;

import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;
import jcompose.core.usecase.Up;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `jcompose create`.
@Command(name = "create", description = "Creates containers for a service", sortOptions = false)
final class CreateCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ReconcileOptions reconcile = new ReconcileOptions();

  CreateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Up.Request request =
        reconcile.request(
            session.project(), session.invocation().environment(), ReconcileOptions.Extra.CREATE);
    if (session.options().dryRun()) {
      return Work.show(session, new Up(session.workbench(_ -> {})).plan(request));
    }
    return Work.bringUp(session, request, reconcile.quietPull());
  }
}
