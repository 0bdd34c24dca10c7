package jcompose.engine.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;

/// Which addresses of a subnet are taken. Hands out the lowest free one of its range. Safe for use
/// by many threads.
final class SubnetAddresses {
  private final Cidr subnet;
  private final BigInteger first;
  private final BigInteger last;
  private final Set<BigInteger> reserved = new HashSet<>();
  private final Set<BigInteger> taken = new HashSet<>();
  // Nothing free is below it.
  private BigInteger lowest;

  SubnetAddresses(NetworkRecord.Subnet record) {
    subnet = Cidr.parse(record.subnet());
    Cidr range = record.range() == null ? subnet : Cidr.parse(record.range());
    first = range.base();
    last = range.last();
    lowest = first;
    // The subnet's own address and, in IPv4, its broadcast address are no one's; a /31 and smaller
    // has neither (RFC 3021).
    if (subnet.bits() - subnet.prefix() > 1) {
      reserved.add(subnet.base());
      if (!subnet.ipv6()) {
        reserved.add(subnet.last());
      }
    }
    reserved.add(Cidr.number(Cidr.literal(record.gateway())));
    for (String address : record.auxiliary().values()) {
      reserved.add(Cidr.number(Cidr.literal(address)));
    }
  }

  Cidr subnet() {
    return subnet;
  }

  /// @return absent when all are taken
  synchronized Optional<InetAddress> take() {
    for (BigInteger at = lowest; at.compareTo(last) <= 0; at = at.add(BigInteger.ONE)) {
      if (!reserved.contains(at) && taken.add(at)) {
        lowest = at.add(BigInteger.ONE);
        return Optional.of(subnet.inet(at));
      }
    }
    lowest = last.add(BigInteger.ONE);
    return Optional.empty();
  }

  /// Takes a given address of this subnet.
  ///
  /// @throws EngineException.Conflict `Address already in use`
  synchronized void take(InetAddress address) {
    BigInteger number = Cidr.number(address);
    if (reserved.contains(number) || !taken.add(number)) {
      throw new EngineException.Conflict(
          "Address already in use: " + Addresses.text(address) + " in " + subnet);
    }
  }

  synchronized void free(InetAddress address) {
    BigInteger number = Cidr.number(address);
    if (taken.remove(number) && number.compareTo(first) >= 0 && number.compareTo(last) <= 0) {
      lowest = lowest.min(number);
    }
  }
}
