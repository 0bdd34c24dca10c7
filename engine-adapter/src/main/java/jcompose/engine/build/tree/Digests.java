package jcompose.engine.build.tree;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import jcompose.engine.oci.Digest;

/// Sums of contents.
final class Digests {
  private static final int BUFFER = 1 << 17;

  private Digests() {}

  static String of(SourceTree tree, TreeNode file) throws IOException {
    MessageDigest sum = Digest.sha256();
    byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, file.entry().size() + 1))];
    try (var content = tree.open(file)) {
      for (int n = content.read(buffer, 0, buffer.length);
          n >= 0;
          n = content.read(buffer, 0, buffer.length)) {
        sum.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(sum.digest());
  }
}
