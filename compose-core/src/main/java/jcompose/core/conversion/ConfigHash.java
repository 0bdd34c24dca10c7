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
    return sha256(service.canonical().configHashInput());
  }

  /// Whether a container with this hash was made from this configuration, by us or by any release
  /// of docker compose 2.
  public static boolean matches(String hash, Service service) {
    return hash.equals(of(service)) || hash.equals(sha256(service.canonical().earlierHashInput()));
  }

  private static String sha256(String text) {
    try {
      byte[] input = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
