package jcompose.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// One entry under `networks`.
///
/// @param key as services name it
/// @param name as an engine names it
/// @param external is not ours to create or remove
public record Network(
    String key,
    String name,
    boolean external,
    Optional<String> driver,
    SequencedMap<String, String> driverOpts,
    Optional<Ipam> ipam,
    boolean internal,
    boolean attachable,
    Optional<Boolean> enableIpv4,
    Optional<Boolean> enableIpv6,
    SequencedMap<String, String> labels) {

  public Network {
    driverOpts = Copies.ordered(driverOpts);
    labels = Copies.ordered(labels);
  }

  /// A network of its own with nothing set.
  public static Network of(String key, String name) {
    return new Network(
        key,
        name,
        false,
        Optional.empty(),
        Copies.ordered(Map.of()),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Copies.ordered(Map.of()));
  }

  /// Where its addresses come from.
  public record Ipam(
      Optional<String> driver, List<Pool> config, SequencedMap<String, String> options) {
    public Ipam {
      config = List.copyOf(config);
      options = Copies.ordered(options);
    }
  }

  /// One range of addresses, in CIDR notation.
  public record Pool(
      Optional<String> subnet,
      Optional<String> ipRange,
      Optional<String> gateway,
      SequencedMap<String, String> auxAddresses) {
    public Pool {
      auxAddresses = Copies.ordered(auxAddresses);
    }
  }
}
