package jcompose.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import jcompose.cli.output.ContainerRows;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.planning.PlanRefused;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ExposedPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose port`.
@Command(
    name = "port",
    description = "Print the public port for a port binding",
    sortOptions = false)
final class PortCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--index",
      paramLabel = "N",
      defaultValue = "0",
      description = "Index of the container if service has multiple replicas")
  private int index;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "tcp",
      description = "tcp or udp")
  private String protocol = "tcp";

  @Parameters(index = "0", paramLabel = "SERVICE", description = "The service")
  private String service = "";

  @Parameters(index = "1", paramLabel = "PRIVATE_PORT", description = "Port in the container")
  private int port;

  PortCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    Work.services(project, List.of(service));
    Replica replica = Replicas.running(session, project, service, index);
    var wanted = new ExposedPort(port, protocol.toLowerCase(Locale.ROOT));
    for (var published : replica.summary().ports()) {
      if (published.containerPort().equals(wanted) && published.hostPort().isPresent()) {
        session
            .invocation()
            .output()
            .println(published.hostAddress().orElse("0.0.0.0") + ":" + published.hostPort().get());
        return ExitStatus.OK;
      }
    }
    throw new PlanRefused(
        "no port "
            + wanted
            + " for container "
            + replica.summary().name()
            + ": "
            + ContainerRows.ports(replica.summary().ports()));
  }
}
