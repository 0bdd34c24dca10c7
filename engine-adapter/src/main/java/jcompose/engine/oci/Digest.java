package jcompose.engine.oci;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What names bytes by their content: `sha256:` and 64 lower-case hex digits (or `sha512:` and
/// 128).
///
/// @param algorithm `sha256` or `sha512`; others cannot be verified here and are refused
/// @param hex lower case
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">digests</a>
public record Digest(String algorithm, String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  public Digest {
    int length =
        switch (algorithm) {
          case "sha256" -> 64;
          case "sha512" -> 128;
          default ->
              throw new IllegalArgumentException(
                  "unsupported digest algorithm: \"" + algorithm + "\" (sha256 and sha512 are)");
        };
    if (hex.length() != length || !HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "invalid checksum digest format: \"" + algorithm + ":" + hex + "\"");
    }
  }

  /// @throws IllegalArgumentException when the text is no digest of an algorithm known here
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("invalid checksum digest format: \"" + text + "\"");
    }
    return new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /// Whether [#parse] would take the text.
  public static boolean isDigest(String text) {
    return text.matches("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
  }

  /// The sha256 of this text in UTF-8.
  public static Digest of(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The sha256 of these bytes.
  public static Digest ofBytes(byte[] bytes) {
    return ofSum(sha256().digest(bytes));
  }

  /// A sha256 already computed: 32 bytes.
  public static Digest ofSum(byte[] sum) {
    return new Digest("sha256", HexFormat.of().formatHex(sum));
  }

  /// A fresh computation of this digest's algorithm.
  public MessageDigest newComputation() {
    return computation(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
  }

  /// A fresh computation of a sha256, to be given to [#ofSum].
  public static MessageDigest sha256() {
    return computation("SHA-256");
  }

  private static MessageDigest computation(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  /// The first 12 hex digits, as Docker shows ids.
  public String shortId() {
    return hex.substring(0, 12);
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
