package jcompose.engine.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.build.tree.TreePaths;
import jcompose.engine.dockerfile.PathNames;
import jcompose.engine.dockerfile.PathPattern;
import jcompose.engine.host.files.FileCalls;

/// Finds what the source patterns of COPY and ADD name.
final class CopySources {
  private CopySources() {}

  /// One thing to copy.
  ///
  /// @param node links at its end followed
  /// @param name by which it was asked for, the last part of its path before links were followed
  /// @param path relative to the root or, with `/./` in the pattern, to what follows it: where
  ///   `--parents` puts it
  record Source(TreeNode node, String name, String path) {}

  /// @param pattern as written, variables expanded
  /// @param anyDepth whether `**` stands for folders of any depth
  /// @throws NotThere when nothing is named so
  static List<Source> find(SourceTree tree, String pattern, boolean anyDepth) throws IOException {
    int pivot = pattern.indexOf("/./");
    String base = pivot < 0 ? "" : PathNames.belowRoot(pattern.substring(0, pivot));
    String path = FileCalls.bytes(PathNames.belowRoot(pattern));
    boolean wild;
    try {
      wild = PathPattern.compile(path, anyDepth).isWild();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    var found = new ArrayList<Source>();
    String baseBytes = FileCalls.bytes(base);
    if (!wild) {
      String literal = path.replaceAll("\\\\(.)", "$1");
      Optional<TreeNode> node = TreePaths.find(tree, literal, true);
      if (node.isEmpty()) {
        throw new NotThere(pattern);
      }
      found.add(source(node.get(), literal, baseBytes));
      return found;
    }
    match(tree, "", List.of(path.split("/")), anyDepth, baseBytes, found);
    if (found.isEmpty()) {
      throw new NotThere(pattern);
    }
    return found;
  }

  private static Source source(TreeNode node, String path, String base) {
    String relative =
        !base.isEmpty() && path.startsWith(base + "/") ? path.substring(base.length() + 1) : path;
    return new Source(node, path.substring(path.lastIndexOf('/') + 1), relative);
  }

  private static void match(
      SourceTree tree,
      String folder,
      List<String> patterns,
      boolean anyDepth,
      String base,
      List<Source> found)
      throws IOException {
    Optional<TreeNode> node = TreePaths.find(tree, folder, true).filter(TreeNode::isFolder);
    if (node.isEmpty()) {
      return;
    }
    String first = patterns.getFirst();
    List<String> rest = patterns.subList(1, patterns.size());
    if (anyDepth && first.equals("**")) {
      if (!rest.isEmpty()) {
        match(tree, folder, rest, true, base, found);
      }
      for (TreeNode child : tree.children(node.get())) {
        String path = folder.isEmpty() ? child.name() : folder + "/" + child.name();
        if (child.isFolder()) {
          match(tree, path, patterns, true, base, found);
        } else if (rest.isEmpty()) {
          found.add(source(child, path, base));
        }
      }
      return;
    }
    PathPattern pattern = PathPattern.compile(first, false);
    for (TreeNode child : tree.children(node.get())) {
      if (!pattern.matches(child.name())) {
        continue;
      }
      String path = folder.isEmpty() ? child.name() : folder + "/" + child.name();
      if (rest.isEmpty()) {
        Optional<TreeNode> target = TreePaths.find(tree, path, true);
        target.ifPresent(it -> found.add(source(it, path, base)));
      } else {
        match(tree, path, rest, anyDepth, base, found);
      }
    }
  }

  /// Nothing has this name.
  static final class NotThere extends IOException {
    private static final long serialVersionUID = 1L;

    NotThere(String pattern) {
      super(pattern);
    }
  }
}
