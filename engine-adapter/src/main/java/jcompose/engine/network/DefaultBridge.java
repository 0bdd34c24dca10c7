package jcompose.engine.network;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the default network's bridge up for its first container and down after its last, so that
/// a host on which nothing runs looks as if there was no engine. It lingers a moment, because one
/// short container often follows another.
final class DefaultBridge {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultBridge.class);
  private static final Duration LINGERING = Duration.ofMillis(100);

  private final NetworkTable networks;
  private final NetworkPlanner planner;
  private final HostKernel kernel;
  private final PacketRules rules;
  private final LeavingLinks leaving;
  private int users;
  private boolean up;

  DefaultBridge(
      NetworkTable networks,
      NetworkPlanner planner,
      HostKernel kernel,
      PacketRules rules,
      LeavingLinks leaving) {
    this.networks = networks;
    this.planner = planner;
    this.kernel = kernel;
    this.rules = rules;
    this.leaving = leaving;
  }

  static boolean is(NetworkRecord network) {
    return network.name().equals(PredefinedNetworks.DEFAULT);
  }

  /// Counts a container; must come before its address is chosen. Does nothing for another network.
  synchronized void hold(NetworkRecord network) {
    if (!is(network)) {
      return;
    }
    if (!up) {
      NetworkRecord fitting = fitting(networks.find(network.id()));
      try {
        kernel.ensureBridge(fitting);
        rules.add(fitting);
      } catch (RuntimeException e) {
        kernel.deleteBridge(fitting);
        throw e;
      }
      up = true;
    }
    users++;
  }

  /// While the bridge was down its range was free for others, such as another engine, to take.
  private NetworkRecord fitting(NetworkRecord network) {
    var elsewhere = HostKernel.ranges();
    boolean free =
        network.subnets().stream()
            .map(it -> Cidr.parse(it.subnet()))
            .noneMatch(it -> elsewhere.stream().anyMatch(it::overlaps));
    if (free || kernel.hasBridge(network)) {
      return network;
    }
    var others = networks.list().stream().filter(it -> !is(it)).toList();
    NetworkRecord moved = planner.withOtherSubnets(network, others);
    networks.add(moved);
    LOG.info(
        "the range {} of the default network is used by others now: it has {} from now on",
        network.subnets().getFirst().subnet(),
        moved.subnets().getFirst().subnet());
    return moved;
  }

  /// Counts a container that was there before this engine was opened.
  synchronized void retake(NetworkRecord network) {
    if (is(network)) {
      up = true;
      users++;
    }
  }

  synchronized void letGo(NetworkRecord network) {
    if (is(network) && --users == 0) {
      Thread.ofVirtual().name("default-bridge").start(this::afterAWhile);
    }
  }

  private void afterAWhile() {
    try {
      Thread.sleep(LINGERING);
      takeDownWhenUnused();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("cannot take the default bridge down");
    }
  }

  synchronized void takeDownWhenUnused() {
    if (up && users == 0) {
      up = false;
      NetworkRecord network = networks.find(PredefinedNetworks.DEFAULT);
      leaving.finish();
      kernel.deleteBridge(network);
      rules.remove(network);
    }
  }

  /// What of the default network must be in the kernel now.
  synchronized List<NetworkRecord> up() {
    return users > 0 ? List.of(networks.find(PredefinedNetworks.DEFAULT)) : List.of();
  }
}
