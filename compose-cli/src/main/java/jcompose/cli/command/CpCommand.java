package jcompose.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.copy.CopyFailed;
import jcompose.cli.copy.CopyIn;
import jcompose.cli.copy.CopyOut;
import jcompose.cli.copy.CopyPath;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.model.Project;
import jcompose.core.planning.PlanRefused;
import jcompose.core.planning.Replica;
import picocli.CommandLine.Command;
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

  @Option(
      names = {"-a", "--archive"},
      description = "Archive mode (copy all uid/gid information)")
  private boolean archive;

  @Option(
      names = {"-L", "--follow-link"},
      description = "Always follow symbol link in SRC_PATH")
  private boolean follow;

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
    var invocation = session.invocation();
    var copy = new CopyOut(session.engine().files(), follow, archive);
    if (to.equals("-")) {
      if (invocation.terminal().output()) {
        throw new UsageError("refusing to write a tar to a terminal: redirect the output");
      }
      copy.toStream(replica.id(), from, invocation.output());
      return;
    }
    copy.toFolder(replica.id(), from, GlobalOptions.resolve(invocation, to), to.endsWith("/"));
    invocation.error().println(" " + what + "  Copied");
  }

  private void in(Replica replica, String from, String to) {
    String what = from + " to " + replica.summary().name() + ":" + to;
    if (dry(what)) {
      return;
    }
    var invocation = session.invocation();
    var copy = new CopyIn(session.engine().files(), follow, archive);
    if (from.equals("-")) {
      copy.fromStream(replica.id(), invocation.input(), to);
      return;
    }
    copy.fromFolder(
        replica.id(),
        GlobalOptions.resolve(invocation, from),
        from.endsWith("/.") || from.equals("."),
        to);
    invocation.error().println(" " + what + "  Copied");
  }

  private boolean dry(String what) {
    if (session.options().dryRun()) {
      session.invocation().output().println("copy " + what);
    }
    return session.options().dryRun();
  }
}
