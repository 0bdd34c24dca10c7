package jcompose.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.console.Attaching;
import jcompose.cli.console.DetachableInput;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.planning.Replica;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose attach`.
@Command(
    name = "attach",
    description =
        "Attach local standard input, output, and error streams to a service's running container",
    sortOptions = false)
final class AttachCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--detach-keys",
      paramLabel = "KEYS",
      description = "Override the key sequence for detaching from a container")
  private String detachKeys = "";

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Index of the container if service has multiple replicas")
  private int index;

  @Option(names = "--no-stdin", description = "Do not attach STDIN")
  private boolean noInput;

  @Option(
      names = "--sig-proxy",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Proxy all received signals to the process; default: true")
  private boolean signals = true;

  @Parameters(index = "0", paramLabel = "SERVICE", description = "The service")
  private String service = "";

  AttachCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    DetachableInput.sequence(detachKeys); // before anything else is asked
    var project = session.knownProject().project();
    Work.services(project, List.of(service));
    Replica replica = Replicas.running(session, project, service, index);
    var invocation = session.invocation();
    if (session.options().dryRun()) {
      invocation.output().println("attach " + replica.summary().name());
      return ExitStatus.OK;
    }
    return Attaching.run(session, replica.id(), detachKeys, !noInput, signals);
  }
}
