package jcompose.engine.network;

import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;

/// The driver options of a bridge network that have a meaning here. Others are kept and, as on
/// Docker, ignored.
///
/// @param mtu 0 for the kernel's default
/// @param icc whether containers of the network reach each other
/// @param hostBinding host address of published ports that name none
/// @param gatewayAddress whether the bridge has the gateway's address
record NetworkOptions(
    Optional<String> bridgeName,
    int mtu,
    boolean icc,
    boolean masquerade,
    Optional<String> hostBinding,
    String interfacePrefix,
    boolean gatewayAddress) {

  static NetworkOptions of(Map<String, String> options) {
    var name = Optional.ofNullable(options.get("com.docker.network.bridge.name"));
    name.ifPresent(NetworkOptions::checkInterface);
    String prefix = options.getOrDefault("com.docker.network.container_iface_prefix", "eth");
    checkInterface(prefix + "0");
    return new NetworkOptions(
        name,
        mtu(options),
        flag(options, "com.docker.network.bridge.enable_icc", true),
        flag(options, "com.docker.network.bridge.enable_ip_masquerade", true),
        Optional.ofNullable(options.get("com.docker.network.bridge.host_binding_ipv4"))
            .filter(it -> !it.isEmpty()),
        prefix,
        !flag(options, "com.docker.network.bridge.inhibit_ipv4", false));
  }

  /// @throws EngineException.Invalid when the kernel would not take it as an interface's name
  static void checkInterface(String name) {
    // It becomes part of paths below /proc/sys and of nft commands.
    if (!name.matches("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,14}")) {
      throw new EngineException.Invalid(
          "invalid interface name \""
              + name
              + "\": 1 to 15 letters, digits, dots, dashes or underscores");
    }
  }

  private static int mtu(Map<String, String> options) {
    String text = options.getOrDefault("com.docker.network.driver.mtu", "0");
    try {
      int mtu = Integer.parseInt(text);
      if (mtu == 0 || (mtu >= 68 && mtu <= 65535)) {
        return mtu;
      }
    } catch (NumberFormatException e) {
      // Told below, with the option's name.
    }
    throw new EngineException.Invalid(
        "invalid value \"" + text + "\" for option com.docker.network.driver.mtu: 68 to 65535");
  }

  private static boolean flag(Map<String, String> options, String key, boolean otherwise) {
    String text = options.get(key);
    if (text == null) {
      return otherwise;
    }
    return switch (text.toLowerCase()) {
      case "1", "t", "true" -> true;
      case "0", "f", "false" -> false;
      default ->
          throw new EngineException.Invalid(
              "invalid value \"" + text + "\" for option " + key + ": true or false");
    };
  }
}
