package jcompose.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jcompose.engine.build.tree.Ownership;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.build.tree.TreePaths;

/// `user[:group]` as numbers, looked up in the /etc/passwd and /etc/group of an image.
final class AccountNames {
  private static final int MAX_BYTES = 16 << 20;

  private AccountNames() {}

  /// Without a group, a name has the group of its entry in /etc/passwd, and a number is the group's
  /// number too.
  ///
  /// @throws IllegalArgumentException when a name is not there
  static Ownership resolve(SourceTree image, String text) throws IOException {
    int colon = text.indexOf(':');
    String user = colon < 0 ? text : text.substring(0, colon);
    if (user.isEmpty()) {
      throw new IllegalArgumentException("invalid chown string \"" + text + "\": no user");
    }
    int uid = number(image, "etc/passwd", user, 2, "user");
    int gid =
        colon < 0
            ? number(image, "etc/passwd", user, 3, "user")
            : number(image, "etc/group", text.substring(colon + 1), 2, "group");
    return new Ownership(uid, gid);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(it -> it >= '0' && it <= '9');
  }

  /// @param field of the entry, counted from 0
  private static int number(SourceTree image, String file, String name, int field, String what)
      throws IOException {
    if (isNumber(name)) {
      try {
        return Integer.parseInt(name);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("invalid " + what + " id: " + name, e);
      }
    }
    Optional<TreeNode> node = TreePaths.find(image, file, true).filter(TreeNode::isFile);
    if (node.isPresent() && node.get().entry().size() <= MAX_BYTES) {
      var bytes = new byte[(int) node.get().entry().size()];
      int length = 0;
      try (var content = image.open(node.get())) {
        for (int n = content.read(bytes, 0, bytes.length);
            n > 0;
            n = content.read(bytes, length, bytes.length - length)) {
          length += n;
        }
      }
      for (String line : new String(bytes, 0, length, StandardCharsets.UTF_8).split("\n")) {
        String[] fields = line.split(":", -1);
        if (fields.length > field && fields[0].equals(name) && isNumber(fields[field])) {
          return Integer.parseInt(fields[field]);
        }
      }
    }
    throw new IllegalArgumentException(
        "unable to convert uid/gid chown string to host mapping: can't find uid for "
            + what
            + " "
            + name
            + ": no such "
            + what
            + ": "
            + name);
  }
}
