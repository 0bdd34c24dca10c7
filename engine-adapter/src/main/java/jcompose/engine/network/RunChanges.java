package jcompose.engine.network;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.EndpointSpec;

/// Changes of what a running container is attached to, and by which name it is found. Each returns
/// the attachment to keep from now on.
final class RunChanges {
  private final NetworkTable networks;
  private final EndpointPlanner endpoints;
  private final HostKernel kernel;
  private final PacketRules rules;
  private final NameService names;
  private final DefaultBridge defaultBridge;
  private final RunConnections connections;
  private final Consumer<Endpoint> free;

  /// @param free gives back what was planned for an endpoint
  RunChanges(
      NetworkTable networks,
      EndpointPlanner endpoints,
      HostKernel kernel,
      PacketRules rules,
      NameService names,
      DefaultBridge defaultBridge,
      RunConnections connections,
      Consumer<Endpoint> free) {
    this.networks = networks;
    this.endpoints = endpoints;
    this.kernel = kernel;
    this.rules = rules;
    this.names = names;
    this.defaultBridge = defaultBridge;
    this.connections = connections;
    this.free = free;
  }

  /// Attaches a running container to one more network.
  ///
  /// @return the attachment to keep from now on
  Attachment attach(NetworkRun run, ContainerId container, String network, EndpointSpec spec) {
    Attachment before = run.attachment;
    var own = new LinkedHashSet<>(List.of(before.name()));
    NetworkRecord asked = networks.find(network);
    defaultBridge.hold(asked);
    NetworkRecord record = networks.find(asked.id());
    Endpoint endpoint;
    try {
      endpoint = endpoints.plan(record, container, own, spec, before.endpoints());
    } catch (RuntimeException e) {
      defaultBridge.letGo(record);
      throw e;
    }
    var all = new ArrayList<>(before.endpoints());
    all.add(endpoint);
    Attachment after = with(before, all);
    try {
      kernel.addEndpoint(record, endpoint, run.namespace(), !before.ports().isEmpty());
      run.attachment = after;
      connections.setUpInside(run, List.of(endpoint));
      rules.move(before, after);
    } catch (RuntimeException e) {
      run.attachment = before;
      kernel.deleteEndpoint(endpoint);
      free.accept(endpoint);
      throw e;
    }
    names.add(endpoint, after.name());
    return after;
  }

  /// Detaches a running container from a network.
  ///
  /// @return the attachment to keep from now on
  /// @throws EngineException.NotFound when it is not attached
  Attachment detach(NetworkRun run, ContainerId container, String network) {
    NetworkRecord record = networks.find(network);
    Attachment before = run.attachment;
    Endpoint endpoint =
        before.endpoints().stream()
            .filter(it -> it.networkId().equals(record.id()))
            .findFirst()
            .orElseThrow(
                () ->
                    new EngineException.NotFound(
                        "container "
                            + container
                            + " is not connected to network "
                            + record.name()));
    names.remove(endpoint);
    Attachment after =
        with(before, before.endpoints().stream().filter(it -> !it.equals(endpoint)).toList());
    run.attachment = after;
    kernel.deleteEndpoint(endpoint);
    run.namespace()
        .call(
            () -> {
              NamespaceSetup.reroute(after);
              return after;
            });
    rules.move(before, after);
    free.accept(endpoint);
    return after;
  }

  /// Has a running container found by a new name instead of the one it had.
  ///
  /// @return the attachment to keep from now on
  Attachment rename(NetworkRun run, ContainerName name) {
    Attachment before = run.attachment;
    var renamed = new ArrayList<Endpoint>();
    for (Endpoint endpoint : before.endpoints()) {
      renamed.add(
          endpoint.withNames(
              endpoint.names().stream()
                  .map(it -> it.equals(before.name()) ? name.value() : it)
                  .toList()));
    }
    before.endpoints().forEach(names::remove);
    var after =
        new Attachment(
            before.container(), name.value(), renamed, before.ports(), before.dnsServers());
    run.attachment = after;
    names.add(after);
    return after;
  }

  private static Attachment with(Attachment attachment, List<Endpoint> endpoints) {
    return new Attachment(
        attachment.container(),
        attachment.name(),
        endpoints,
        attachment.ports(),
        attachment.dnsServers());
  }
}
