package jcompose.engine.build;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import jcompose.engine.oci.Digest;

/// Names a state of a build by all that led to it: the base, every instruction since with its
/// inputs, and what the instructions that changed files gave. Equal keys, equal images but for
/// times.
record StepKey(String hex) {
  static StepKey of(String kind, List<String> inputs) {
    return next("", kind, inputs);
  }

  /// The state after one more step.
  StepKey then(String kind, List<String> inputs) {
    return next(hex, kind, inputs);
  }

  private static StepKey next(String parent, String kind, List<String> inputs) {
    MessageDigest sum = Digest.sha256();
    add(sum, parent);
    add(sum, kind);
    inputs.forEach(it -> add(sum, it));
    return new StepKey(HexFormat.of().formatHex(sum.digest()));
  }

  /// With its length in front, so that no two lists of texts look the same.
  private static void add(MessageDigest sum, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sum.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sum.update(bytes);
  }

  String shortHex() {
    return hex.substring(0, 12);
  }
}
