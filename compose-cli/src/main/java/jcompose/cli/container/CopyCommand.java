package jcompose.cli.container;

import java.util.concurrent.Callable;
import jcompose.cli.copy.CopyFailed;
import jcompose.cli.copy.CopyFlags;
import jcompose.cli.copy.CopyPath;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.ContainerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container cp`.
@Command(name = "cp", sortOptions = false)
final class CopyCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final CopyFlags flags = new CopyFlags();

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
    var invocation = session.invocation();
    var files = session.engine().files();
    try {
      if (from.service().isPresent()) {
        flags.out(files, id, from.path(), to.path(), invocation);
      } else {
        flags.in(files, id, from.path(), to.path(), invocation);
      }
    } catch (CopyFailed e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
    if (!quiet && invocation.terminal().output() && !to.path().equals("-")) {
      invocation.error().println("Successfully copied to " + target);
    }
    return ExitStatus.OK;
  }
}
