package jcompose.core.loading;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// Addresses as texts.
final class IpText {
  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpText() {}

  /// Whether this is a literal address; nothing is looked up.
  static boolean isAddress(String text) {
    if (V4.matcher(text).matches()) {
      return true;
    }
    if (!V6.matcher(text).matches()) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
