package jcompose.engine.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// How addresses are written.
final class Addresses {
  private Addresses() {}

  /// An address as RFC 5952 writes it: the longest run of zero groups shortened.
  static String text(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  /// A locally administered MAC address made of an IPv4 address, as Docker does: a container that
  /// gets another's former address then answers to what neighbours remember.
  static String macOf(InetAddress ipv4) {
    return "02:42:" + HexFormat.ofDelimiter(":").formatHex(ipv4.getAddress());
  }

  /// @throws IllegalArgumentException when it is not six pairs of hex digits
  static byte[] macBytes(String mac) {
    if (!mac.matches("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}")) {
      throw new IllegalArgumentException("invalid MAC address: " + mac);
    }
    byte[] bytes = HexFormat.ofDelimiter(":").parseHex(mac.replace('-', ':'));
    if ((bytes[0] & 1) != 0) {
      throw new IllegalArgumentException(
          "invalid MAC address: " + mac + " is a group's, not an interface's");
    }
    return bytes;
  }
}
