package jcompose.engine.network;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.NetworkSpec;
import jcompose.engine.host.nft.Nft;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The networks of the bundled engine and the containers on them. Safe for use by many threads.
///
/// A run of a container goes: [#reserve] before its process exists (addresses, host ports: all that
/// can be refused is refused here), [#connect] once it has a network namespace and before its
/// program starts, [#release] after it has exited. What is reserved lives in memory: the caller
/// keeps the [Attachment] with the container and hands all of them to [#recover] at start.
///
/// Containers with network mode `host`, `none` or `container:ID` do not appear here.
public final class ContainerNetworks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerNetworks.class);

  private final NetworkTable networks;
  private final NetworkPlanner planner;
  private final EndpointPlanner endpoints;
  private final HostKernel kernel;
  private final PacketRules rules;
  private final LeavingLinks leaving;
  private final DefaultBridge defaultBridge;
  private final HostPorts ports = new HostPorts();
  private final NameService names;
  private final RunConnections connections;
  private final RunChanges changes;
  private final ConcurrentMap<ContainerId, NetworkRun> runs = new ConcurrentHashMap<>();
  // Read while endpoints come and go, written while networks do: no network goes while a container
  // is on its way onto it.
  private final ReadWriteLock networksLock = new ReentrantReadWriteLock();

  private ContainerNetworks(NetworkSettings settings, NetworkTable networks, Nft nft) {
    this.networks = networks;
    planner = new NetworkPlanner(new SubnetChooser(settings.pools()), HostKernel::ranges);
    endpoints = new EndpointPlanner(networks);
    names = new NameService(settings.resolvConf());
    kernel = new HostKernel(settings.instance());
    leaving = new LeavingLinks(kernel);
    rules = new PacketRules(nft, settings.instance(), this::connected);
    defaultBridge = new DefaultBridge(networks, planner, kernel, rules, leaving);
    connections = new RunConnections(networks, endpoints, kernel, rules, ports, names, leaving);
    changes =
        new RunChanges(
            networks, endpoints, kernel, rules, names, defaultBridge, connections, this::free);
  }

  /// Reads the state; records the predefined networks. Changes the kernel only in [#recover].
  public static ContainerNetworks open(NetworkSettings settings) {
    var networks = new NetworkTable(new NetworkFiles(settings.folder()));
    var result = new ContainerNetworks(settings, networks, Nft.open());
    new PredefinedNetworks(networks, result.planner).add(settings.defaultBridge());
    return result;
  }

  /// Brings the kernel in line with the networks' files and the given containers: bridges, links,
  /// addresses, rules, sockets; whatever else carries this engine's name is removed. Call it once
  /// after [#open], before anything else; again it repairs, for instance after `nft flush ruleset`.
  /// What cannot be repaired for one container is logged and does not keep others from it.
  ///
  /// @param running to each container's network namespace, such as `/proc/4711/ns/net`
  public void recover(Map<Attachment, Path> running) {
    networksLock.writeLock().lock();
    try {
      running.keySet().forEach(this::retakeQuietly);
      var up = up();
      up.forEach(kernel::ensureBridge);
      running.forEach(
          (attachment, namespace) -> {
            try {
              connections.recover(run(new ContainerId(attachment.container())), namespace);
            } catch (RuntimeException e) {
              LOG.atWarn()
                  .addKeyValue("container", attachment.container())
                  .setCause(e)
                  .log("cannot recover a container's networks");
            }
          });
      var all = runs.values().stream().map(it -> it.attachment).toList();
      kernel.deleteOthers(up, all.stream().flatMap(it -> it.endpoints().stream()).toList());
      rules.replace(up);
    } finally {
      networksLock.writeLock().unlock();
    }
  }

  /// Networks that must have a bridge now: a user's always, the default one while it is in use.
  private List<NetworkRecord> up() {
    var result = new ArrayList<>(defaultBridge.up());
    networks.list().stream()
        .filter(it -> it.bridge() != null && !DefaultBridge.is(it))
        .forEach(result::add);
    return result;
  }

  private void retakeQuietly(Attachment attachment) {
    try {
      retake(attachment);
    } catch (EngineException.NotFound e) {
      LOG.error("a running container has lost a network: {}", e.getMessage());
    }
  }

  private void retake(Attachment attachment) {
    var run = new NetworkRun(attachment);
    if (runs.putIfAbsent(new ContainerId(attachment.container()), run) == null) {
      attachment.endpoints().forEach(it -> defaultBridge.retake(networks.find(it.networkId())));
    }
  }

  /// @throws EngineException.Conflict when the name is taken
  /// @throws EngineException.Denied when the subnet overlaps another network's
  /// @throws EngineException.Invalid when the spec contradicts itself
  /// @throws EngineException.Unsupported for a driver the engine does not have
  public NetworkRecord create(NetworkSpec spec) {
    networksLock.writeLock().lock();
    try {
      NetworkRecord network =
          planner.plan(spec, NetworkRecord.newId(), Instant.now(), networks.list());
      networks.add(network);
      try {
        kernel.ensureBridge(network);
        rules.add(network);
      } catch (RuntimeException e) {
        removeQuietly(network, e);
        throw e;
      }
      return network;
    } finally {
      networksLock.writeLock().unlock();
    }
  }

  private void removeQuietly(NetworkRecord network, RuntimeException cause) {
    try {
      networks.remove(network);
      kernel.deleteBridge(network);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  public List<NetworkRecord> list() {
    return networks.list();
  }

  /// @param reference id, name, or a prefix of one id
  /// @throws EngineException.Invalid when the prefix fits several
  public Optional<NetworkRecord> lookup(String reference) {
    return networks.lookup(reference);
  }

  /// @param reference id, name, or a prefix of one id
  /// @throws EngineException.NotFound `network NAME not found`
  public NetworkRecord find(String reference) {
    return networks.find(reference);
  }

  /// @throws EngineException.Conflict when running containers are attached
  /// @throws EngineException.Denied when it is predefined
  public void remove(String reference) {
    networksLock.writeLock().lock();
    try {
      NetworkRecord network = networks.find(reference);
      if (network.predefined()) {
        throw new EngineException.Denied(
            network.name() + " is a pre-defined network and cannot be removed");
      }
      if (!endpoints(network.id()).isEmpty()) {
        throw new EngineException.Conflict(
            "error while removing network: network "
                + network.name()
                + " id "
                + network.id()
                + " has active endpoints");
      }
      networks.remove(network);
      kernel.deleteBridge(network);
      rules.remove(network);
    } finally {
      networksLock.writeLock().unlock();
    }
  }

  /// Removes all networks that are not predefined, have no endpoint and that `condition` accepts
  /// (the caller excludes those of stopped containers).
  ///
  /// @return those removed
  public List<NetworkRecord> prune(Predicate<NetworkRecord> condition) {
    var removed = new ArrayList<NetworkRecord>();
    for (NetworkRecord network : networks.list()) {
      if (!network.predefined() && endpoints(network.id()).isEmpty() && condition.test(network)) {
        try {
          remove(network.id());
          removed.add(network);
        } catch (EngineException.Conflict | EngineException.NotFound e) {
          // Someone was faster: it is in use now, or gone.
        }
      }
    }
    return List.copyOf(removed);
  }

  /// Container id to its endpoint, of running containers only.
  public Map<ContainerId, Endpoint> endpoints(String networkId) {
    var result = new LinkedHashMap<ContainerId, Endpoint>();
    runs.forEach(
        (container, run) ->
            run.attachment.endpoints().stream()
                .filter(it -> it.networkId().equals(networkId))
                .forEach(it -> result.put(container, it)));
    return Collections.unmodifiableMap(result);
  }

  /// What a container has now; absent when it does not run.
  public Optional<Attachment> attachment(ContainerId container) {
    return Optional.ofNullable(runs.get(container)).map(it -> it.attachment);
  }

  /// Allocates addresses and takes the host's ports. Nothing stays taken when it fails. What the
  /// container had from an earlier run is released first.
  ///
  /// @throws EngineException.NotFound when a network is missing
  /// @throws EngineException.Conflict when an address or port is taken, in Docker's words
  /// @throws EngineException.Invalid when an address does not fit its network
  public Attachment reserve(AttachmentSpec spec) {
    release(spec.container());
    var planned = new ArrayList<Endpoint>();
    var holding = new ArrayList<NetworkRecord>();
    networksLock.readLock().lock();
    try {
      for (var entry : spec.networks().entrySet()) {
        NetworkRecord network = networks.find(entry.getKey());
        defaultBridge.hold(network);
        holding.add(network);
        planned.add(
            endpoints.plan(
                networks.find(network.id()),
                spec.container(),
                ownNames(spec),
                entry.getValue(),
                planned));
      }
      var without =
          new Attachment(
              spec.container().value(),
              spec.name().value(),
              planned,
              List.of(),
              spec.names().servers());
      var held = takePorts(spec, without);
      var published = held.stream().flatMap(it -> it.published().stream()).toList();
      var attachment =
          new Attachment(
              without.container(), without.name(), planned, published, without.dnsServers());
      var run = new NetworkRun(attachment);
      run.held.addAll(held);
      runs.put(spec.container(), run);
      return attachment;
    } catch (RuntimeException e) {
      planned.forEach(endpoints::free);
      holding.forEach(defaultBridge::letGo);
      throw e;
    } finally {
      networksLock.readLock().unlock();
    }
  }

  private static Set<String> ownNames(AttachmentSpec spec) {
    var result = new LinkedHashSet<String>();
    result.add(spec.name().value());
    if (!spec.hostname().isEmpty()) {
      result.add(spec.hostname());
    }
    return result;
  }

  /// A container on internal networks only has no way in: its ports are not published, as on
  /// Docker.
  private List<HeldPort> takePorts(AttachmentSpec spec, Attachment attachment) {
    Optional<Endpoint> gateway = Gateways.of(attachment, false);
    if (gateway.isEmpty() || spec.ports().isEmpty()) {
      return List.of();
    }
    NetworkRecord network = networks.find(gateway.get().networkId());
    try {
      return ports.take(spec.ports(), NetworkOptions.of(network.options()).hostBinding());
    } catch (EngineException.Conflict e) {
      throw new EngineException.Conflict(
          "driver failed programming external connectivity on endpoint "
              + spec.name()
              + " ("
              + gateway.get().id()
              + "): "
              + e.getMessage());
    }
  }

  /// Takes back all that [#reserve] and [#connect] made. Without effect for a container that has
  /// nothing.
  public void release(ContainerId container) {
    NetworkRun run = runs.remove(container);
    if (run != null) {
      connections.disconnect(run, true);
      run.held.forEach(ports::free);
      run.attachment.endpoints().forEach(this::free);
    }
  }

  private void free(Endpoint endpoint) {
    endpoints.free(endpoint);
    networks.lookup(endpoint.networkId()).ifPresent(defaultBridge::letGo);
  }

  /// Makes what was reserved real: links into the namespace, addresses, routes, the name server,
  /// rules for ports. When it fails, nothing but the reservation is left.
  ///
  /// @param namespace such as `/proc/4711/ns/net`
  public void connect(ContainerId container, Path namespace) {
    connections.connect(run(container), namespace);
  }

  /// Attaches a running container to one more network.
  ///
  /// @return the attachment to keep from now on
  public Attachment attach(ContainerId container, String network, EndpointSpec spec) {
    NetworkRun run = run(container);
    networksLock.readLock().lock();
    try {
      return changes.attach(run, container, network, spec);
    } finally {
      networksLock.readLock().unlock();
    }
  }

  /// Detaches a running container from a network.
  ///
  /// @return the attachment to keep from now on
  /// @throws EngineException.NotFound when it is not attached
  public Attachment detach(ContainerId container, String network) {
    return changes.detach(run(container), container, network);
  }

  /// Has a running container found by a new name instead of the one it had.
  ///
  /// @return the attachment to keep from now on
  public Attachment rename(ContainerId container, ContainerName name) {
    return changes.rename(run(container), name);
  }

  private NetworkRun run(ContainerId container) {
    NetworkRun run = runs.get(container);
    if (run == null) {
      throw new EngineException.Conflict("container " + container + " is not running");
    }
    return run;
  }

  private List<Attachment> connected() {
    return runs.values().stream()
        .filter(it -> it.namespace != null)
        .map(it -> it.attachment)
        .toList();
  }

  /// Removes everything this engine has in the kernel, and its sockets; the state files stay. For
  /// the end of an engine that has no containers.
  public void dismantle() {
    Set.copyOf(runs.keySet()).forEach(this::release);
    leaving.finish();
    kernel.deleteOthers(List.of(), List.of());
    rules.replace(List.of());
  }

  /// Lets go of sockets; leaves what networks have in the kernel, so that containers go on.
  @Override
  public void close() {
    leaving.finish();
    defaultBridge.takeDownWhenUnused();
    for (NetworkRun run : runs.values()) {
      if (run.nameServer != null) {
        run.nameServer.close();
      }
      run.held.forEach(ports::free);
      if (run.namespace != null) {
        run.namespace.close();
      }
    }
    runs.clear();
    rules.close();
  }
}
