package jcompose.engine.network;

import java.nio.file.Path;
import java.util.List;

/// Where the networks' state is and what they are made from.
///
/// @param folder state, one JSON file a network; made when missing
/// @param instance names what this engine owns in the kernel (the nftables table, link aliases), so
///   that several engines live side by side; 1 to 19 of `[a-z0-9_]`
/// @param defaultBridge interface name of the network `bridge`, at most 15 characters
/// @param pools where subnets come from when a network names none
/// @param resolvConf the host's resolver file, read anew for each container
public record NetworkSettings(
    Path folder, String instance, String defaultBridge, List<Pool> pools, Path resolvConf) {

  public NetworkSettings {
    if (!instance.matches("[a-z0-9_]{1,19}")) {
      throw new IllegalArgumentException("not an instance name: " + instance);
    }
    if (defaultBridge.isEmpty() || defaultBridge.length() > 15) {
      throw new IllegalArgumentException("not an interface name: " + defaultBridge);
    }
    pools = List.copyOf(pools);
  }

  /// Docker's address pools: 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/20 onwards.
  public static final List<Pool> DOCKER_POOLS =
      List.of(
          new Pool("172.17.0.0/16", 16),
          new Pool("172.18.0.0/15", 16),
          new Pool("172.20.0.0/14", 16),
          new Pool("172.24.0.0/14", 16),
          new Pool("172.28.0.0/14", 16),
          new Pool("192.168.0.0/16", 20));

  /// The engine's usual settings; `instance` is `jcompose` for the engine that people mean when
  /// they name none.
  public static NetworkSettings of(Path folder, String instance, List<Pool> pools) {
    String bridge = instance.equals("jcompose") ? "jcompose0" : "jc" + shortened(instance) + "0";
    return new NetworkSettings(folder, instance, bridge, pools, Path.of("/etc/resolv.conf"));
  }

  private static String shortened(String instance) {
    String name = instance.replaceFirst("^jcompose_?", "");
    return name.substring(0, Math.min(12, name.length()));
  }

  /// A range that is cut into subnets.
  ///
  /// @param base CIDR notation
  /// @param size prefix length of each subnet
  public record Pool(String base, int size) {
    /// Whether `base` is a range and `size` a prefix length within it.
    public static boolean isRange(String base, int size) {
      try {
        Cidr range = Cidr.parse(base);
        return size >= range.prefix() && size <= range.bits();
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }
}
