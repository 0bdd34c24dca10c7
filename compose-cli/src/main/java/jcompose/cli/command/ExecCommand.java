package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ExecSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose exec`.
@Command(
    name = "exec",
    description = "Execute a command in a running container",
    sortOptions = false)
final class ExecCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "KEY=VALUE",
      description = "Set environment variables")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = "--index",
      paramLabel = "N",
      defaultValue = "0",
      description = "Index of the container if service has multiple replicas")
  private int index;

  @Option(
      names = {"-T", "--no-tty", "--no-TTY"},
      description = "Disable pseudo-TTY allocation (default: when a stream is no terminal)")
  private boolean noTerminal;

  @Option(
      names = {"-i", "--interactive"},
      description = "Keep STDIN open even if not attached",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      hidden = true)
  private boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "Allocate a pseudo-TTY",
      hidden = true)
  @SuppressWarnings("UnusedVariable") // what happens on a terminal anyway; docker exec -it is habit
  private boolean terminal;

  @Option(
      names = {"-d", "--detach"},
      description = "Detached mode: Run command in the background")
  private boolean detach;

  @Option(names = "--privileged", description = "Give extended privileges to the process")
  private boolean privileged;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Run the command as this user")
  private @Nullable String user;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "FOLDER",
      description = "Path to workdir directory for this command")
  private @Nullable String folder;

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
    if (session.options().dryRun()) {
      session
          .invocation()
          .output()
          .println("exec " + replica.summary().name() + " " + String.join(" ", command));
      return ExitStatus.OK;
    }
    var invocation = session.invocation();
    boolean terminal = !detach && !noTerminal && CallerConsole.isTerminal(invocation);
    var spec =
        new ExecSpec(
            command,
            variables(environment, invocation.environment()),
            Optional.ofNullable(user),
            Optional.ofNullable(folder),
            privileged,
            terminal);
    var containers = session.engine().containers();
    if (detach) {
      containers.execDetached(replica.id(), spec);
      return ExitStatus.OK;
    }
    try (var caller = new CallerConsole(invocation, terminal)) {
      return containers.exec(replica.id(), spec, caller.console(interactive)).value();
    }
  }

  /// What `-e` options say: a name alone takes the caller's value.
  static List<String> variables(List<String> options, Map<String, String> own) {
    var variables = new ArrayList<String>();
    for (String option : options) {
      String value = own.get(option);
      if (option.contains("=")) {
        variables.add(option);
      } else if (value != null) {
        variables.add(option + "=" + value);
      }
    }
    return variables;
  }
}
