package jcompose.engine.network;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network as the engine keeps it.
///
/// @param id 64 hex digits
/// @param driver `bridge`, `host` or `null` (the network `none`)
/// @param subnets in use; empty for `host` and `none`
/// @param bridge interface on the host, absent for `host` and `none`
public record NetworkRecord(
    String id,
    String name,
    String driver,
    Instant created,
    boolean internal,
    boolean attachable,
    boolean ipv6,
    String ipamDriver,
    Map<String, String> ipamOptions,
    List<Subnet> subnets,
    Map<String, String> options,
    Map<String, String> labels,
    @Nullable String bridge) {
  private static final SecureRandom RANDOM = new SecureRandom();

  public NetworkRecord {
    ipamOptions = Map.copyOf(ipamOptions);
    subnets = List.copyOf(subnets);
    options = Map.copyOf(options);
    labels = Map.copyOf(labels);
  }

  static String newId() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// `bridge`, `host` and `none` are always there and cannot be removed.
  public boolean predefined() {
    return name.equals("bridge") || name.equals("host") || name.equals("none");
  }

  /// An address range of a network.
  ///
  /// @param subnet CIDR notation
  /// @param gateway the bridge's address
  /// @param range CIDR of the part that addresses are taken from; absent for the whole subnet
  /// @param auxiliary addresses kept free, by name
  public record Subnet(
      String subnet, String gateway, @Nullable String range, Map<String, String> auxiliary) {
    public Subnet {
      auxiliary = Map.copyOf(auxiliary);
    }
  }
}
