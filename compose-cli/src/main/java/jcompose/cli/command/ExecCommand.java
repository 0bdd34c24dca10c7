package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.console.CallerConsole;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ExecSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose exec`.
@Command(
    name = "exec",
    description = "Execute a command in a running container",
    sortOptions = false)
final class ExecCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ProgramOptions program = new ProgramOptions();

  @Option(
      names = "--index",
      paramLabel = "N",
      defaultValue = "0",
      description = "Index of the container if service has multiple replicas")
  private int index;

  @Option(names = "--privileged", description = "Give extended privileges to the process")
  private boolean privileged;

  @Parameters(index = "0", paramLabel = "SERVICE", description = "The service")
  private String service = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "Its words")
  private List<String> command = new ArrayList<>();

  ExecCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    Work.services(project, List.of(service));
    Replica replica = Replicas.running(session, project, service, index);
    var invocation = session.invocation();
    if (session.options().dryRun()) {
      invocation
          .output()
          .println("exec " + replica.summary().name() + " " + String.join(" ", command));
      return ExitStatus.OK;
    }
    boolean terminal = program.terminal(invocation);
    var spec =
        new ExecSpec(
            command,
            program.variables(invocation.environment()),
            program.user(),
            program.folder(),
            privileged,
            terminal);
    var containers = session.engine().containers();
    if (program.detach()) {
      containers.execDetached(replica.id(), spec);
      return ExitStatus.OK;
    }
    try (var caller = new CallerConsole(invocation, terminal)) {
      return containers.exec(replica.id(), spec, caller.console(program.input())).value();
    }
  }
}
