package jcompose.cli.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.Pairs;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.EndpointSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose network connect`.
@Command(name = "connect", sortOptions = false)
final class ConnectCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--alias",
      paramLabel = "strings",
      split = ",",
      description = "Add network-scoped alias for the container")
  private List<String> aliases = new ArrayList<>();

  @Option(
      names = "--driver-opt",
      paramLabel = "strings",
      split = ",",
      description = "driver options for the network")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--ip",
      paramLabel = "string",
      description = "IPv4 address (e.g., \"172.30.100.104\")")
  private @Nullable String ipv4;

  @Option(
      names = "--ip6",
      paramLabel = "string",
      description = "IPv6 address (e.g., \"2001:db8::33\")")
  private @Nullable String ipv6;

  @Option(names = "--link", paramLabel = "list", description = "Add link to another container")
  private List<String> links = new ArrayList<>();

  @Option(
      names = "--link-local-ip",
      paramLabel = "strings",
      split = ",",
      description = "Add a link-local address for the container")
  private List<String> linkLocals = new ArrayList<>();

  @Parameters(index = "0", paramLabel = "NETWORK")
  private String network = "";

  @Parameters(index = "1", paramLabel = "CONTAINER")
  private String container = "";

  ConnectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var endpoint =
        new EndpointSpec(
            aliases,
            links,
            Optional.ofNullable(ipv4),
            Optional.ofNullable(ipv6),
            linkLocals,
            Optional.empty(),
            0,
            Optional.empty(),
            Pairs.of(options));
    session
        .engine()
        .containers()
        .connect(References.container(session, container), network, endpoint);
    return ExitStatus.OK;
  }
}
