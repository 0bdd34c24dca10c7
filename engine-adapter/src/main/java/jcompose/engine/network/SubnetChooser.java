package jcompose.engine.network;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Chooses subnets for networks that name none.
///
/// @param pools in the order they are tried
record SubnetChooser(List<NetworkSettings.Pool> pools) {

  /// The first subnet that overlaps nothing in use: other networks, and the host's routes and
  /// addresses, so that a container network never hides what the host could reach.
  Optional<Cidr> choose(Collection<Cidr> inUse) {
    for (NetworkSettings.Pool pool : pools) {
      Cidr range = Cidr.parse(pool.base());
      BigInteger step = BigInteger.ONE.shiftLeft(range.bits() - pool.size());
      for (BigInteger base = range.base();
          base.compareTo(range.last()) <= 0;
          base = base.add(step)) {
        var candidate = new Cidr(range.bits(), base, pool.size());
        if (inUse.stream().noneMatch(candidate::overlaps)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  /// A /64 of the unique local addresses (RFC 4193) that belongs to a network by its id.
  static Cidr uniqueLocal(String networkId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(networkId.getBytes(StandardCharsets.UTF_8));
      byte[] bytes = new byte[17];
      bytes[1] = (byte) 0xfd;
      System.arraycopy(digest, 0, bytes, 2, 7);
      return new Cidr(128, new BigInteger(bytes), 64);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
