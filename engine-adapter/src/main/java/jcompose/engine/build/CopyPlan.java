package jcompose.engine.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.build.tree.CopyRules;
import jcompose.engine.build.tree.LayerWriter;
import jcompose.engine.build.tree.Ownership;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.build.tree.TreePaths;
import jcompose.engine.dockerfile.IgnoreRules;
import jcompose.engine.dockerfile.PathNames;
import jcompose.engine.host.files.FileCalls;

/// What one COPY or ADD puts where, before it is known whether it has to be done.
///
/// @param destination absolute and clean, in ordinary text
/// @param intoFolder each item keeps its name below the destination
/// @param excludes patterns of `--exclude`
/// @param parents keeps the folders of the sources
record CopyPlan(
    List<Item> items,
    String destination,
    boolean intoFolder,
    IgnoreRules excludes,
    boolean parents) {
  CopyPlan {
    items = List.copyOf(items);
  }

  /// @param name what it is called when the destination is a folder
  /// @param path where `--parents` puts it
  /// @param contents it is a folder whose contents are copied
  /// @param unpacked it comes out of an archive: owners are kept, and anything may be replaced
  record Item(
      SourceTree tree,
      TreeNode node,
      String name,
      String path,
      boolean contents,
      boolean unpacked) {}

  /// A digest of all that would be written: names, modes, owners, links, contents; not times.
  List<String> fingerprint() throws IOException {
    var lines = new ArrayList<String>();
    for (Item item : items) {
      if (!isExcluded(item)) {
        fingerprint(item, item.node(), item.contents() ? "" : item.name(), "", lines);
      }
    }
    return lines;
  }

  private boolean isExcluded(Item item) {
    return !excludes.isEmpty()
        && !item.contents()
        && excludes.excludes(FileCalls.shown(item.path()));
  }

  private void fingerprint(
      Item item, TreeNode node, String shown, String relative, List<String> lines)
      throws IOException {
    TarEntry entry = node.entry();
    var line = new StringBuilder();
    line.append(shown).append('\0').append(parents ? item.path() : "").append('\0');
    line.append(entry.type()).append(' ').append(Integer.toOctalString(entry.permissions()));
    line.append(' ').append(entry.uid()).append(':').append(entry.gid());
    line.append(' ').append(entry.major()).append(':').append(entry.minor());
    line.append('\0').append(entry.target()).append('\0');
    new TreeMap<>(entry.attributes())
        .forEach((name, value) -> line.append(name).append('=').append(Arrays.toString(value)));
    if (node.isFile()) {
      line.append(item.tree().digest(node));
    }
    lines.add(line.toString());
    if (node.isFolder()) {
      for (TreeNode child : item.tree().children(node)) {
        String below = relative.isEmpty() ? child.name() : relative + "/" + child.name();
        if (excludes.isEmpty()
            || !excludes.excludes(FileCalls.shown(below))
            || (child.isFolder() && excludes.hasExceptions())) {
          fingerprint(item, child, shown + "/" + child.name(), below, lines);
        }
      }
    }
  }

  /// Writes it.
  void carryOut(LayerWriter layer, CopyRules rules) throws IOException {
    Ownership newFolders = rules.owner().orElse(Ownership.ROOT);
    String place = FileCalls.bytes(destination.substring(1));
    for (Item item : items) {
      if (isExcluded(item)) {
        continue;
      }
      CopyRules itemRules =
          item.unpacked() ? new CopyRules(rules.owner(), rules.mode(), excludes, true) : rules;
      String target = TreePaths.resolve(layer.view(), place, true);
      if (parents) {
        target = withParents(layer, item, target, rules);
      }
      if (item.contents()) {
        layer.makeFolder(target, newFolders);
        layer.copyContents(item.tree(), item.node(), target, itemRules, parents, "");
        continue;
      }
      boolean folder =
          !parents
              && (intoFolder || layer.view().at(target).filter(TreeNode::isFolder).isPresent());
      if (folder) {
        layer.makeFolder(target, newFolders);
        target = TreePaths.resolve(layer.view(), join(target, item.name()), true);
      }
      layer.makeFolder(parentOf(target), newFolders);
      layer.copyFile(item.tree(), item.node(), target, itemRules);
    }
    if (items.isEmpty() && intoFolder) {
      layer.makeFolder(TreePaths.resolve(layer.view(), place, true), newFolders);
    }
    layer.finish();
  }

  /// Makes the folders above an item like those of the source.
  private static String withParents(LayerWriter layer, Item item, String target, CopyRules rules)
      throws IOException {
    String place = target;
    List<String> names = List.of(item.path().split("/"));
    layer.makeFolder(target, rules.owner().orElse(Ownership.ROOT));
    String source = item.node().path();
    String suffix = "/" + item.path();
    String root =
        ("/" + source).endsWith(suffix)
            ? ("/" + source).substring(0, source.length() + 1 - suffix.length())
            : "";
    String above = root.startsWith("/") ? root.substring(1) : root;
    for (String name : names.subList(0, names.size() - 1)) {
      place = join(place, name);
      above = join(above, name);
      Optional<TreeNode> folder = item.tree().at(above).filter(TreeNode::isFolder);
      if (folder.isPresent()) {
        layer.makeFolderLike(folder.get(), place, rules);
      } else {
        layer.makeFolder(place, rules.owner().orElse(Ownership.ROOT));
      }
    }
    return join(place, names.getLast());
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private static String parentOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /// Where COPY's destination is.
  ///
  /// @param written with variables expanded
  static String destination(String workingDirectory, String written) {
    return PathNames.resolve(workingDirectory.isEmpty() ? "/" : workingDirectory, written);
  }

  /// Whether a destination is a folder by the way it is written.
  static boolean isFolder(String written) {
    return written.endsWith("/")
        || written.equals(".")
        || written.endsWith("/.")
        || written.equals("..")
        || written.endsWith("/..");
  }
}
