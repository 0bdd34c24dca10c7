package jcompose.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.copy.CopyFailed;
import jcompose.cli.copy.CopyFlags;
import jcompose.cli.copy.CopyPath;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.model.Project;
import jcompose.core.planning.PlanRefused;
import jcompose.core.planning.Replica;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose cp`.
@Command(
    name = "cp",
    description = "Copy files/folders between a service container and the local filesystem",
    sortOptions = false)
final class CpCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--all", description = "Include containers created by the run command")
  private boolean all;

  @Mixin private final CopyFlags flags = new CopyFlags();

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Index of the container if service has multiple replicas")
  private int index;

  @Parameters(index = "0", paramLabel = "SRC", description = "SERVICE:PATH, a path, or - for a tar")
  private String source = "";

  @Parameters(index = "1", paramLabel = "DEST", description = "The same")
  private String target = "";

  CpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CopyPath from = CopyPath.of(source);
    CopyPath to = CopyPath.of(target);
    if (from.service().isPresent() && to.service().isPresent()) {
      throw new UsageError("copying between services is not supported");
    }
    String service =
        from.service()
            .or(to::service)
            .orElseThrow(() -> new UsageError("unknown copy direction: name a service, as web:/x"));
    Project project = session.knownProject().project();
    Work.services(project, List.of(service));
    List<Replica> replicas = Replicas.of(session, project, service, index, all);
    if (replicas.isEmpty()) {
      throw new PlanRefused("no container found for service \"" + service + "\"");
    }
    try {
      if (from.service().isPresent()) {
        out(replicas.getFirst(), from.path(), to.path());
      } else {
        replicas.forEach(it -> in(it, from.path(), to.path()));
      }
    } catch (CopyFailed e) {
      throw new PlanRefused(String.valueOf(e.getMessage()));
    }
    return ExitStatus.OK;
  }

  private void out(Replica replica, String from, String to) {
    String what = replica.summary().name() + ":" + from + " to " + to;
    if (dry(what)) {
      return;
    }
    told(what, flags.out(session.engine().files(), replica.id(), from, to, session.invocation()));
  }

  private void in(Replica replica, String from, String to) {
    String what = from + " to " + replica.summary().name() + ":" + to;
    if (dry(what)) {
      return;
    }
    told(what, flags.in(session.engine().files(), replica.id(), from, to, session.invocation()));
  }

  private void told(String what, boolean copied) {
    if (copied) {
      session.invocation().error().println(" " + what + "  Copied");
    }
  }

  private boolean dry(String what) {
    if (session.options().dryRun()) {
      session.invocation().output().println("copy " + what);
    }
    return session.options().dryRun();
  }
}
