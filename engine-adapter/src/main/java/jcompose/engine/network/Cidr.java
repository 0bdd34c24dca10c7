package jcompose.engine.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// A range of addresses: all that share the first `prefix` bits of `base`.
///
/// @param bits 32 for IPv4, 128 for IPv6
/// @param base the range's first address; bits after the prefix are zero
record Cidr(int bits, BigInteger base, int prefix) {
  // What may be an address literal. InetAddress would look anything else up as a name.
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /// Reads `10.0.0.0/8`; an address within stands for its range.
  ///
  /// @throws IllegalArgumentException `invalid CIDR address: …`
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
      int prefix = Integer.parseInt(text.substring(slash + 1));
      if (slash >= 0 && prefix >= 0 && prefix <= address.getAddress().length * 8) {
        return of(address, prefix);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid CIDR address: " + text, e);
    }
    throw new IllegalArgumentException("invalid CIDR address: " + text);
  }

  static Cidr of(InetAddress address, int prefix) {
    int bits = address.getAddress().length * 8;
    BigInteger size = BigInteger.ONE.shiftLeft(bits - prefix);
    BigInteger value = new BigInteger(1, address.getAddress());
    return new Cidr(bits, value.subtract(value.mod(size)), prefix);
  }

  /// Reads an address, never a name.
  ///
  /// @throws IllegalArgumentException when it is none
  static InetAddress literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      throw new IllegalArgumentException("not an IP address: " + text);
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an IP address: " + text, e);
    }
  }

  static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  boolean ipv6() {
    return bits == 128;
  }

  BigInteger size() {
    return BigInteger.ONE.shiftLeft(bits - prefix);
  }

  BigInteger last() {
    return base.add(size()).subtract(BigInteger.ONE);
  }

  boolean contains(InetAddress address) {
    return address.getAddress().length * 8 == bits && contains(number(address));
  }

  private boolean contains(BigInteger value) {
    return value.compareTo(base) >= 0 && value.compareTo(last()) <= 0;
  }

  boolean contains(Cidr other) {
    return bits == other.bits && prefix <= other.prefix && contains(other.base);
  }

  boolean overlaps(Cidr other) {
    return bits == other.bits && (contains(other.base) || other.contains(base));
  }

  /// The address `offset` places after the first.
  InetAddress address(BigInteger offset) {
    return inet(base.add(offset));
  }

  InetAddress address(long offset) {
    return address(BigInteger.valueOf(offset));
  }

  /// The address of a number, in this range's family.
  InetAddress inet(BigInteger value) {
    byte[] bytes = new byte[bits / 8];
    byte[] number = value.toByteArray();
    int length = Math.min(number.length, bytes.length);
    System.arraycopy(number, number.length - length, bytes, bytes.length - length, length);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return Addresses.text(inet(base)) + "/" + prefix;
  }
}
