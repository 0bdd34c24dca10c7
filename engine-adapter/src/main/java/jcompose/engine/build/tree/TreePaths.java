package jcompose.engine.build.tree;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Follows symbolic links in a tree as a process would whose root it is.
public final class TreePaths {
  private static final int MAX_LINKS = 40; // as in Linux

  private TreePaths() {}

  /// Where a path leads: existing folders and links are followed, names that are not there stay.
  ///
  /// @param followLast whether a link at the end is followed too
  /// @throws IOException when links go in circles, or a file stands where a folder is needed
  public static String resolve(SourceTree tree, String path, boolean followLast)
      throws IOException {
    var open = new ArrayDeque<String>(names(path));
    var done = new ArrayList<String>();
    int links = 0;
    while (!open.isEmpty()) {
      String name = open.removeFirst();
      if (name.equals("..")) {
        if (!done.isEmpty()) {
          done.removeLast();
        }
        continue;
      }
      done.add(name);
      Optional<TreeNode> node = tree.at(String.join("/", done));
      if (node.isEmpty()) {
        continue;
      }
      if (node.get().isLink() && (followLast || !open.isEmpty())) {
        if (++links > MAX_LINKS) {
          throw new IOException("too many levels of symbolic links: /" + Shown.path(path));
        }
        String target = node.get().entry().target();
        if (target.startsWith("/")) {
          done.clear();
        } else {
          done.removeLast();
        }
        List<String> more = names(target);
        for (int i = more.size() - 1; i >= 0; i--) {
          open.addFirst(more.get(i));
        }
      } else if (!node.get().isFolder() && !open.isEmpty()) {
        throw new IOException("not a directory: /" + Shown.path(String.join("/", done)));
      }
    }
    return String.join("/", done);
  }

  /// What a path leads to, links followed.
  public static Optional<TreeNode> find(SourceTree tree, String path, boolean followLast)
      throws IOException {
    return tree.at(resolve(tree, path, followLast));
  }

  static List<String> names(String path) {
    var names = new ArrayList<String>();
    for (String name : path.split("/")) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  static String child(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
