package jcompose.cli.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.NetworkSpec.AddressPool;

/// The address ranges of a new network, from flags that each name one thing of one of them: what
/// lies in a subnet belongs to it. The sentences are docker's.
final class AddressPools {
  private AddressPools() {}

  /// @param auxiliary addresses by name
  static List<AddressPool> of(
      List<String> subnets,
      List<String> ranges,
      List<String> gateways,
      Map<String, String> auxiliary) {
    if (subnets.size() < ranges.size() || subnets.size() < gateways.size()) {
      throw new UsageError("every ip-range or gateway must have a corresponding subnet");
    }
    List<Subnet> all = new ArrayList<>();
    for (String text : subnets) {
      var subnet = new Subnet(text);
      if (all.stream().anyMatch(it -> it.overlaps(subnet))) {
        throw new UsageError("multiple overlapping subnet configuration is not supported");
      }
      all.add(subnet);
    }
    var rangeOf = new LinkedHashMap<Subnet, String>();
    for (String range : ranges) {
      var parsed = new Subnet(range);
      put(rangeOf, first(all, it -> it.overlaps(parsed), "range", range), range, "ranges");
    }
    var gatewayOf = new LinkedHashMap<Subnet, String>();
    for (String gateway : gateways) {
      InetAddress address = address(gateway);
      put(
          gatewayOf,
          first(all, it -> it.contains(address), "gateway", gateway),
          gateway,
          "gateways");
    }
    var auxiliaryOf = new LinkedHashMap<Subnet, Map<String, String>>();
    auxiliary.forEach(
        (name, text) -> {
          InetAddress address = address(text);
          Subnet subnet = first(all, it -> it.contains(address), "aux-address", text);
          auxiliaryOf.computeIfAbsent(subnet, _ -> new LinkedHashMap<>()).put(name, text);
        });
    return all.stream()
        .map(
            it ->
                new AddressPool(
                    Optional.of(it.text()),
                    Optional.ofNullable(gatewayOf.get(it)),
                    Optional.ofNullable(rangeOf.get(it)),
                    auxiliaryOf.getOrDefault(it, Map.of())))
        .toList();
  }

  private static Subnet first(
      List<Subnet> subnets, Predicate<Subnet> holds, String what, String text) {
    return subnets.stream()
        .filter(holds)
        .findFirst()
        .orElseThrow(() -> new UsageError("no matching subnet for " + what + " " + text));
  }

  private static void put(Map<Subnet, String> of, Subnet subnet, String value, String what) {
    String before = of.put(subnet, value);
    if (before != null) {
      throw new UsageError(
          "cannot configure multiple %s (%s, %s) on the same subnet (%s)"
              .formatted(what, value, before, subnet.text()));
    }
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new UsageError("invalid IP address: " + text);
    }
  }

  /// Read only where two are compared: the engine has its own words for one that is none.
  private record Subnet(String text) {
    boolean contains(InetAddress other) {
      Parsed parsed = parsed();
      return samePrefix(parsed.address, other, parsed.bits);
    }

    boolean overlaps(Subnet other) {
      Parsed mine = parsed();
      Parsed theirs = other.parsed();
      return samePrefix(mine.address, theirs.address, Math.min(mine.bits, theirs.bits));
    }

    private record Parsed(InetAddress address, int bits) {}

    private Parsed parsed() {
      int slash = text.indexOf('/');
      try {
        InetAddress address = InetAddress.ofLiteral(text.substring(0, Math.max(slash, 0)));
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits >= 0 && bits <= address.getAddress().length * Byte.SIZE) {
          return new Parsed(address, bits);
        }
      } catch (IllegalArgumentException e) {
        // said below
      }
      throw new UsageError("invalid CIDR address: " + text);
    }

    private static boolean samePrefix(InetAddress one, InetAddress other, int length) {
      byte[] left = one.getAddress();
      byte[] right = other.getAddress();
      if (left.length != right.length) {
        return false;
      }
      for (int bit = 0; bit < length; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((left[bit / Byte.SIZE] ^ right[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
