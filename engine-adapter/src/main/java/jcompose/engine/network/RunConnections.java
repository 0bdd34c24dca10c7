package jcompose.engine.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jcompose.core.engine.EngineException;
import jcompose.engine.host.netlink.NetlinkException;
import jcompose.engine.host.netlink.NetworkNamespace;
import jcompose.engine.host.nft.NftException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what is reserved for a run of a container real: links, addresses, routes, names, rules and
/// relays for ports; and takes it back.
final class RunConnections {
  private static final Logger LOG = LoggerFactory.getLogger(RunConnections.class);

  private final NetworkTable networks;
  private final EndpointPlanner endpoints;
  private final HostKernel kernel;
  private final PacketRules rules;
  private final HostPorts ports;
  private final NameService names;
  private final LeavingLinks leaving;

  RunConnections(
      NetworkTable networks,
      EndpointPlanner endpoints,
      HostKernel kernel,
      PacketRules rules,
      HostPorts ports,
      NameService names,
      LeavingLinks leaving) {
    this.networks = networks;
    this.endpoints = endpoints;
    this.kernel = kernel;
    this.rules = rules;
    this.ports = ports;
    this.names = names;
    this.leaving = leaving;
  }

  /// Makes what was reserved real: links into the namespace, addresses, routes, the name server,
  /// rules for ports. When it fails, nothing but the reservation is left.
  ///
  /// @param namespace such as `/proc/4711/ns/net`
  void connect(NetworkRun run, Path namespace) {
    Attachment attachment = run.attachment;
    try {
      run.namespace = NetworkNamespace.open(namespace);
      for (Endpoint endpoint : attachment.endpoints()) {
        kernel.addEndpoint(
            networks.find(endpoint.networkId()),
            endpoint,
            run.namespace(),
            !attachment.ports().isEmpty());
      }
      setUpInside(run, attachment.endpoints());
      rules.publish(attachment);
      names.add(attachment);
      relay(run);
    } catch (NetlinkException e) {
      disconnect(run, false);
      throw new EngineException.Failed(
          "cannot set up the container's network: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      disconnect(run, false);
      throw e;
    }
  }

  /// As [#connect] for a run of a former engine: makes what is missing.
  void recover(NetworkRun run, Path namespace) {
    Attachment attachment = run.attachment;
    boolean fresh = run.namespace == null;
    if (fresh) {
      attachment.endpoints().forEach(endpoints::retake);
      run.held.addAll(ports.retake(attachment.ports()));
      run.namespace = NetworkNamespace.open(namespace);
      names.add(attachment);
    }
    var missing = new ArrayList<Endpoint>();
    for (Endpoint endpoint : attachment.endpoints()) {
      NetworkRecord network = networks.find(endpoint.networkId());
      if (!kernel.connected(network, endpoint)) {
        kernel.deleteEndpoint(endpoint);
        kernel.addEndpoint(network, endpoint, run.namespace(), !attachment.ports().isEmpty());
        missing.add(endpoint);
      }
    }
    setUpInside(run, missing);
    if (fresh) {
      relay(run);
    }
  }

  /// Addresses and routes of new endpoints, and the name server where there is none yet.
  void setUpInside(NetworkRun run, List<Endpoint> added) {
    Attachment attachment = run.attachment;
    boolean serveNames = run.nameServer == null && names.wantedBy(attachment);
    if (added.isEmpty() && !serveNames) {
      return;
    }
    NameServer server =
        run.namespace()
            .call(
                () -> {
                  if (!added.isEmpty()) {
                    NamespaceSetup.configure(attachment, added);
                  }
                  return serveNames ? names.open(() -> run.attachment) : null;
                });
    if (server != null) {
      run.nameServer = server;
      server.start();
    }
  }

  private static void relay(NetworkRun run) {
    Gateways.of(run.attachment, false)
        .map(Endpoint::ipv4)
        .map(Cidr::literal)
        .ifPresent(address -> run.held.forEach(it -> it.relayTo(address)));
  }

  /// Takes back what [#connect] made.
  ///
  /// @param exited whether the links may be left to the end of the namespace
  void disconnect(NetworkRun run, boolean exited) {
    Attachment attachment = run.attachment;
    attachment.endpoints().forEach(names::remove);
    if (run.nameServer != null) {
      run.nameServer.close();
      run.nameServer = null;
    }
    if (run.namespace != null) {
      try {
        rules.unpublish(attachment);
        if (!exited) {
          attachment.endpoints().forEach(kernel::deleteEndpoint);
        }
      } catch (NftException | NetlinkException e) {
        LOG.atWarn()
            .addKeyValue("container", attachment.container())
            .setCause(e)
            .log("cannot take back a container's networks");
      }
      run.namespace.close();
      run.namespace = null;
      if (exited) {
        leaving.add(attachment.endpoints());
      }
    }
  }
}
