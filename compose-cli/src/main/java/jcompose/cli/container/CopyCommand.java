package jcompose.cli.container;

import java.util.concurrent.Callable;
import jcompose.cli.copy.CopyFailed;
import jcompose.cli.copy.CopyIn;
import jcompose.cli.copy.CopyOut;
import jcompose.cli.copy.CopyPath;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.ContainerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container cp`.
@Command(name = "cp", sortOptions = false)
final class CopyCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-a", "--archive"},
      description = "Archive mode (copy all uid/gid information)")
  private boolean archive;

  @Option(
      names = {"-L", "--follow-link"},
      description = "Always follow symbol link in SRC_PATH")
  private boolean follow;

  @Option(
      names = {"-q", "--quiet"},
      description =
          "Suppress progress output during copy. Progress output is automatically suppressed if no"
              + " terminal is attached")
  private boolean quiet;

  @Parameters(index = "0", paramLabel = "SRC_PATH")
  private String source = "";

  @Parameters(index = "1", paramLabel = "DEST_PATH")
  private String target = "";

  CopyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CopyPath from = CopyPath.of(source);
    CopyPath to = CopyPath.of(target);
    if (from.service().isPresent() && to.service().isPresent()) {
      throw new UsageError("copying between containers is not supported");
    }
    if (from.service().isEmpty() && to.service().isEmpty()) {
      throw new UsageError("must specify at least one container source");
    }
    String container = from.service().or(to::service).orElse("");
    ContainerId id = References.container(session, container);
    try {
      if (from.service().isPresent()) {
        out(id, from.path(), to.path());
      } else {
        in(id, from.path(), to.path());
      }
    } catch (CopyFailed e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
    var invocation = session.invocation();
    if (!quiet && invocation.terminal().output() && !to.path().equals("-")) {
      invocation.error().println("Successfully copied to " + target);
    }
    return ExitStatus.OK;
  }

  private void out(ContainerId id, String from, String to) {
    var invocation = session.invocation();
    var copy = new CopyOut(session.engine().files(), follow, archive);
    if (to.equals("-")) {
      if (invocation.terminal().output()) {
        throw new UsageError("refusing to write a tar to a terminal: redirect the output");
      }
      copy.toStream(id, from, invocation.output());
    } else {
      copy.toFolder(id, from, GlobalOptions.resolve(invocation, to), to.endsWith("/"));
    }
  }

  private void in(ContainerId id, String from, String to) {
    var invocation = session.invocation();
    var copy = new CopyIn(session.engine().files(), follow, archive);
    if (from.equals("-")) {
      copy.fromStream(id, invocation.input(), to);
    } else {
      boolean contents = from.endsWith("/.") || from.equals(".");
      copy.fromFolder(id, GlobalOptions.resolve(invocation, from), contents, to);
    }
  }
}
