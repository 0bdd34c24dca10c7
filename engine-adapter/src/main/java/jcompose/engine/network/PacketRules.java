package jcompose.engine.network;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import jcompose.engine.host.nft.Nft;
import jcompose.engine.host.nft.NftException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The packet filter's rules for the networks whose bridges are up: the engine's own table, and its
/// place in a foreign firewall. While none is up there is nothing. Safe for use by many threads.
final class PacketRules implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PacketRules.class);

  private final Nft nft;
  private final Ruleset rules;
  private final ForeignForward foreign;
  private final Supplier<Collection<Attachment>> connected;
  private final Map<String, NetworkRecord> networks = new LinkedHashMap<>();

  /// @param connected what must be published when all rules are made anew
  PacketRules(Nft nft, String instance, Supplier<Collection<Attachment>> connected) {
    this.nft = nft;
    this.connected = connected;
    rules = new Ruleset(instance);
    foreign = new ForeignForward(nft, instance);
  }

  /// Does nothing for a network without a bridge.
  synchronized void add(NetworkRecord network) {
    if (network.bridge() == null) {
      return;
    }
    boolean first = networks.isEmpty();
    networks.put(network.id(), network);
    try {
      if (first) {
        replace();
      } else {
        change(rules.addNetwork(network));
        foreign.update(networks.values());
      }
    } catch (RuntimeException e) {
      networks.remove(network.id());
      throw e;
    }
  }

  synchronized void remove(NetworkRecord network) {
    if (networks.remove(network.id()) == null) {
      return;
    }
    if (networks.isEmpty()) {
      replace();
    } else {
      change(rules.deleteNetwork(network));
      foreign.update(networks.values());
    }
  }

  synchronized void publish(Attachment attachment) {
    change(rules.publish(attachment));
  }

  synchronized void unpublish(Attachment attachment) {
    change(rules.unpublish(attachment));
  }

  /// Published ports lead to the endpoint with the default route, wherever that is now.
  synchronized void move(Attachment before, Attachment after) {
    if (!rules.publish(before).equals(rules.publish(after))) {
      change(rules.unpublish(before) + rules.publish(after));
    }
  }

  /// Makes all rules anew for these networks; takes what is left of others away.
  synchronized void replace(Collection<NetworkRecord> up) {
    networks.clear();
    up.forEach(it -> networks.put(it.id(), it));
    replace();
  }

  private void replace() {
    if (networks.isEmpty()) {
      nft.run(rules.delete());
      foreign.remove();
    } else {
      nft.run(rules.replace(networks.values(), connected.get()));
      foreign.update(networks.values());
    }
  }

  /// Puts all rules back when the change does not fit what is there, as after a flush by someone
  /// else.
  private void change(String commands) {
    if (commands.isEmpty()) {
      return;
    }
    try {
      nft.run(commands);
    } catch (NftException e) {
      LOG.atInfo().setCause(e).log("nftables rules were changed by another program: repairing");
      replace();
    }
  }

  @Override
  public synchronized void close() {
    nft.close();
  }
}
