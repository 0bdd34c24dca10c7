package jcompose.engine.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.NetworkSpec;

/// The networks of the bundled engine and the containers on them. Safe for use by many threads.
///
/// A run of a container goes: [#reserve] before its process exists (addresses, host ports: all that
/// can be refused is refused here), [#connect] once it has a network namespace and before its
/// program starts, [#release] after it has exited. What is reserved lives in memory: the caller
/// keeps the [Attachment] with the container and hands all of them to [#recover] at start.
///
/// Containers with network mode `host`, `none` or `container:ID` do not appear here.
public final class ContainerNetworks implements AutoCloseable {

  /// Reads the state; makes the predefined networks. Touches the kernel only in [#recover].
  public static ContainerNetworks open(NetworkSettings settings) {
    return missing();
  }

  /// Brings the kernel in line with the networks' files and the given containers: bridges, links,
  /// addresses, rules, sockets; whatever else carries this engine's name is removed. Call it once
  /// after [#open], before anything else; again it repairs, for instance after `nft flush ruleset`.
  ///
  /// @param running to each container's network namespace, such as `/proc/4711/ns/net`
  public void recover(Map<Attachment, Path> running) {
    missing();
  }

  /// @throws EngineException.Conflict when the name is taken or the subnet overlaps another network
  /// @throws EngineException.Invalid when the spec contradicts itself
  /// @throws EngineException.Unsupported for a driver or option the engine does not have
  public NetworkRecord create(NetworkSpec spec) {
    return missing();
  }

  public List<NetworkRecord> list() {
    return missing();
  }

  /// @param reference id, name, or a prefix of one id
  public Optional<NetworkRecord> lookup(String reference) {
    return missing();
  }

  /// @param reference id, name, or a prefix of one id
  /// @throws EngineException.NotFound `network NAME not found`
  public NetworkRecord find(String reference) {
    return missing();
  }

  /// @throws EngineException.Conflict when running containers are attached
  /// @throws EngineException.Denied when it is predefined
  public void remove(String reference) {
    missing();
  }

  /// Removes all networks that are not predefined, have no endpoint and that `condition` accepts
  /// (the caller excludes those of stopped containers).
  ///
  /// @return those removed
  public List<NetworkRecord> prune(Predicate<NetworkRecord> condition) {
    return missing();
  }

  /// Container id to its endpoint, of running containers only.
  public Map<ContainerId, Endpoint> endpoints(String networkId) {
    return missing();
  }

  /// What a container has now; absent when it does not run.
  public Optional<Attachment> attachment(ContainerId container) {
    return missing();
  }

  /// Allocates addresses and takes the host's ports. Nothing stays taken when it fails.
  ///
  /// @throws EngineException.NotFound when a network is missing
  /// @throws EngineException.Conflict when an address or port is taken, in Docker's words
  /// @throws EngineException.Invalid when an address does not fit its network
  public Attachment reserve(AttachmentSpec spec) {
    return missing();
  }

  /// Makes what was reserved real: links into the namespace, addresses, routes, the name server,
  /// rules for ports. When it fails, nothing but the reservation is left.
  ///
  /// @param namespace such as `/proc/4711/ns/net`
  public void connect(ContainerId container, Path namespace) {
    missing();
  }

  /// Takes back all that [#reserve] and [#connect] made. Without effect for a container that has
  /// nothing.
  public void release(ContainerId container) {
    missing();
  }

  /// Attaches a running container to one more network.
  ///
  /// @return the attachment to keep from now on
  public Attachment attach(ContainerId container, String network, EndpointSpec endpoint) {
    return missing();
  }

  /// Detaches a running container from a network.
  ///
  /// @return the attachment to keep from now on
  /// @throws EngineException.NotFound when it is not attached
  public Attachment detach(ContainerId container, String network) {
    return missing();
  }

  /// Tells the names of a running container that was renamed.
  public Attachment rename(ContainerId container, String name) {
    return missing();
  }

  /// Lets go of sockets; leaves the kernel's state, so that containers go on.
  @Override
  public void close() {}

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T missing() {
    throw new EngineException.Unsupported("networks are not supported yet");
  }
}
