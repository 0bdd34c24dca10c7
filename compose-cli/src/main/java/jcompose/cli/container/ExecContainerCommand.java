package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.console.CallerConsole;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ExecSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container exec`.
@Command(name = "exec", sortOptions = false)
final class ExecContainerCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-d", "--detach"},
      description = "Detached mode: run command in the background")
  private boolean detach;

  @Mixin private final ProcessFlags process = new ProcessFlags();

  @Option(names = "--privileged", description = "Give extended privileges to the command")
  private boolean privileged;

  @Parameters(index = "0", paramLabel = "CONTAINER")
  private String container = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND")
  private List<String> command = new ArrayList<>();

  ExecContainerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var invocation = session.invocation();
    boolean input = process.interactive() && !detach;
    if (!detach && process.terminal() && input && !invocation.terminal().input()) {
      invocation.error().println("the input device is not a TTY");
      return ExitStatus.FAILED;
    }
    var spec =
        new ExecSpec(
            command,
            process.variables(invocation),
            process.user(),
            process.folder(),
            privileged,
            process.terminal());
    var id = References.container(session, container);
    var containers = session.engine().containers();
    if (detach) {
      containers.execDetached(id, spec);
      return ExitStatus.OK;
    }
    boolean lent = process.terminal() && invocation.terminal().output();
    try (var caller = new CallerConsole(invocation, lent)) {
      return containers.exec(id, spec, caller.console(input)).value();
    }
  }
}
