package jcompose.engine.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.engine.host.nft.Nft;
import jcompose.engine.host.nft.NftException;

/// A place for this engine's packets in a firewall of iptables that drops what it does not know,
/// such as the one dockerd sets up. In nftables a packet must be accepted by every base chain, so
/// accepting it in a chain of our own is not enough; and where bridged packets pass iptables, even
/// neighbours on one bridge would not reach each other.
///
/// What goes to a bridge of ours is accepted there because our own chain decides about it; what
/// leaves for another engine's bridge is left to that engine. All of it is in one chain of ours, to
/// which DOCKER-USER, else FORWARD, jumps first.
///
/// @param instance the engine's name
record ForeignForward(Nft nft, String instance) {
  private static final List<String> FAMILIES = List.of("ip", "ip6");
  private static final Pattern HANDLE = Pattern.compile("# handle ([0-9]+)");

  private String chain() {
    return "JCOMPOSE-" + instance;
  }

  /// Makes the chains say what the networks need. Without effect where no such firewall is.
  void update(Collection<NetworkRecord> networks) {
    for (String family : FAMILIES) {
      var place = place(family);
      if (place.isEmpty()) {
        continue;
      }
      String table = family + " filter ";
      var commands = new StringBuilder("add chain " + table + chain() + "\n");
      commands.append("flush chain ").append(table).append(chain()).append('\n');
      rules(networks)
          .forEach(
              it ->
                  commands
                      .append("add rule ")
                      .append(table)
                      .append(chain())
                      .append(' ')
                      .append(it)
                      .append('\n'));
      if (handles(family, place.getFirst()).isEmpty()) {
        commands
            .append("insert rule ")
            .append(table)
            .append(place.getFirst())
            .append(" counter jump ")
            .append(chain())
            .append('\n');
      }
      nft.run(commands.toString());
    }
  }

  /// One rule for what comes in and a few for what goes out, a network.
  static List<String> rules(Collection<NetworkRecord> networks) {
    var bridges = networks.stream().map(NetworkRecord::bridge).filter(it -> it != null).toList();
    var rules = new ArrayList<String>();
    bridges.forEach(it -> rules.add("oifname \"" + it + "\" counter accept"));
    for (String bridge : bridges) {
      String from = "iifname \"" + bridge + "\" ";
      rules.add(from + "oifname \"docker0\" counter return");
      rules.add(from + "oifname \"br-*\" counter return");
      rules.add(from + "counter accept");
    }
    return rules;
  }

  /// Takes the chains and the jumps to them away.
  void remove() {
    for (String family : FAMILIES) {
      if (list(family, chain()).isEmpty()) {
        continue;
      }
      String table = family + " filter ";
      var commands = new StringBuilder();
      for (String from : List.of("DOCKER-USER", "FORWARD")) {
        for (String handle : handles(family, from)) {
          commands.append("delete rule " + table + from + " handle " + handle + "\n");
        }
      }
      commands.append("flush chain ").append(table).append(chain()).append('\n');
      commands.append("delete chain ").append(table).append(chain()).append('\n');
      nft.run(commands.toString());
    }
  }

  /// The chain to jump from: at most one.
  private List<String> place(String family) {
    String forward = list(family, "FORWARD");
    if (!forward.isEmpty() && !list(family, "DOCKER-USER").isEmpty()) {
      return List.of("DOCKER-USER");
    }
    return forward.contains("policy drop") ? List.of("FORWARD") : List.of();
  }

  /// Handles of the jumps to our chain.
  private List<String> handles(String family, String from) {
    var result = new ArrayList<String>();
    for (String line : list(family, from).split("\n")) {
      Matcher handle = HANDLE.matcher(line);
      if (line.contains("jump " + chain() + " ") && handle.find()) {
        result.add(handle.group(1));
      }
    }
    return result;
  }

  /// A chain's listing; empty when there is none.
  private String list(String family, String chain) {
    try {
      return nft.run("list chain " + family + " filter " + chain + "\n");
    } catch (NftException e) {
      return "";
    }
  }
}
