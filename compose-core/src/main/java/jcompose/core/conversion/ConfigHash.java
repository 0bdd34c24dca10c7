package jcompose.core.conversion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jcompose.core.model.Service;

/// Tells whether a container was made from the same configuration.
public final class ConfigHash {
  private ConfigHash() {}

  /// SHA-256 of the service's canonical form, 64 hex digits.
  public static String of(Service service) {
    try {
      byte[] input = service.canonical().configHashInput().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
