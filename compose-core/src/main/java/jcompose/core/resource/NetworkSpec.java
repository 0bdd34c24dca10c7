package jcompose.core.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A network to be created.
///
/// @param driver `bridge` where absent
/// @param internal has no way out of the host
/// @param enableIpv4 absent for the engine's default
public record NetworkSpec(
    String name,
    Optional<String> driver,
    boolean internal,
    boolean attachable,
    Optional<Boolean> enableIpv4,
    Optional<Boolean> enableIpv6,
    Optional<String> ipamDriver,
    Map<String, String> ipamOptions,
    List<AddressPool> pools,
    Map<String, String> options,
    Map<String, String> labels) {

  public NetworkSpec {
    ipamOptions = Map.copyOf(ipamOptions);
    pools = List.copyOf(pools);
    options = Map.copyOf(options);
    labels = Map.copyOf(labels);
  }

  public static NetworkSpec bridge(String name, Map<String, String> labels) {
    return new NetworkSpec(
        name,
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of(),
        labels);
  }

  /// One address range of a network, in CIDR notation.
  ///
  /// @param range the part of the subnet that addresses are taken from
  /// @param auxiliary addresses kept free, by name
  public record AddressPool(
      Optional<String> subnet,
      Optional<String> gateway,
      Optional<String> range,
      Map<String, String> auxiliary) {}
}
