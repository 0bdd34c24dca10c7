package jcompose.cli.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.Pairs;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.NetworkSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose network create`.
@Command(name = "create", sortOptions = false)
final class CreateNetworkCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--attachable", description = "Enable manual container attachment")
  private boolean attachable;

  @Option(
      names = "--aux-address",
      paramLabel = "map",
      description = "Auxiliary IPv4 or IPv6 addresses used by Network driver (default map[])")
  private List<String> auxiliary = new ArrayList<>();

  @Option(
      names = {"-d", "--driver"},
      paramLabel = "string",
      description = "Driver to manage the Network (default \"bridge\")")
  private String driver = "bridge";

  @Option(
      names = "--gateway",
      paramLabel = "strings",
      split = ",",
      description = "IPv4 or IPv6 Gateway for the master subnet")
  private List<String> gateways = new ArrayList<>();

  @Option(names = "--internal", description = "Restrict external access to the network")
  private boolean internal;

  @Option(
      names = "--ip-range",
      paramLabel = "strings",
      split = ",",
      description = "Allocate container ip from a sub-range")
  private List<String> ranges = new ArrayList<>();

  @Option(
      names = "--ipam-driver",
      paramLabel = "string",
      description = "IP Address Management Driver (default \"default\")")
  private String ipamDriver = "default";

  @Option(
      names = "--ipam-opt",
      paramLabel = "map",
      description = "Set IPAM driver specific options (default map[])")
  private List<String> ipamOptions = new ArrayList<>();

  @Option(names = "--ipv6", description = "Enable IPv6 networking")
  private boolean ipv6;

  @Option(names = "--label", paramLabel = "list", description = "Set metadata on a network")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = {"-o", "--opt"},
      paramLabel = "map",
      description = "Set driver specific options (default map[])")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--subnet",
      paramLabel = "strings",
      split = ",",
      description = "Subnet in CIDR format that represents a network segment")
  private List<String> subnets = new ArrayList<>();

  @Parameters(paramLabel = "NETWORK")
  private String name = "";

  CreateNetworkCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var pools = AddressPools.of(subnets, ranges, gateways, Pairs.of(auxiliary));
    var spec =
        new NetworkSpec(
            name,
            Optional.of(driver),
            internal,
            attachable,
            Optional.empty(),
            ipv6 ? Optional.of(true) : Optional.empty(),
            Optional.of(ipamDriver),
            Pairs.of(ipamOptions),
            pools,
            Pairs.of(options),
            Pairs.of(labels));
    session.invocation().output().println(session.engine().networks().create(spec));
    return ExitStatus.OK;
  }
}
