package jcompose.engine.build.tree;

import static jcompose.engine.host.files.FileCalls.O_CREAT;
import static jcompose.engine.host.files.FileCalls.O_DIRECTORY;
import static jcompose.engine.host.files.FileCalls.O_EXCL;
import static jcompose.engine.host.files.FileCalls.O_NOFOLLOW;
import static jcompose.engine.host.files.FileCalls.O_RDONLY;
import static jcompose.engine.host.files.FileCalls.O_WRONLY;
import static jcompose.engine.host.files.FileCalls.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.host.files.Errno;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileStatus;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.snapshot.OverlayLayout;

/// Writes into the upper folder of an overlay that is not mounted, as if it were: what is there
/// already decides where links lead and which folders are merged, and folders of lower layers are
/// brought up with their owner, mode and attributes. [#finish] sets the folders' times.
public final class LayerWriter implements AutoCloseable {
  private final FileCalls calls = new FileCalls();
  private final LayersTree view;
  private final int upper;
  private final Set<String> inUpper = new HashSet<>(); // folders known to be there
  private final Map<String, TarEntry> folderTimes = new LinkedHashMap<>();
  private final Map<Object, String> written = new HashMap<>(); // identity to its first name
  private final byte[] buffer = new byte[1 << 17];

  public LayerWriter(OverlayLayout layout) throws IOException {
    var stack = new ArrayList<Path>();
    stack.add(layout.upper());
    stack.addAll(layout.lowerPaths());
    String name = FileCalls.bytes(layout.upper().toAbsolutePath().toString());
    upper =
        check(calls.open(FileCalls.CURRENT_FOLDER, name, O_RDONLY | O_DIRECTORY, 0), "open", name);
    view = new LayersTree(stack);
    inUpper.add("");
  }

  /// What would be seen if it were mounted.
  public SourceTree view() {
    return view;
  }

  /// Makes a folder and those above it.
  ///
  /// @param path links resolved, see [TreePaths#resolve]
  /// @param owner of the folders that are missing; they get mode 0755
  public void makeFolder(String path, Ownership owner) throws IOException {
    if (inUpper.contains(path)) {
      return;
    }
    makeFolder(TreePaths.parent(path), owner);
    Optional<TreeNode> there = view.at(path);
    if (there.isEmpty()) {
      newFolder(path, 0755, owner);
    } else if (there.get().isFolder()) {
      bringUp(there.get());
    } else {
      throw new IOException("cannot create folder /" + Shown.path(path) + ": file exists");
    }
  }

  private void newFolder(String path, int permissions, Ownership owner) throws IOException {
    removeWhiteout(path);
    check(calls.makeDirectory(upper, path, 0700), "mkdir", path);
    check(calls.setOwner(upper, path, owner.uid(), owner.gid()), "chown", path);
    check(calls.setMode(upper, path, permissions), "chmod", path);
    inUpper.add(path);
    view.changed(path);
  }

  private void bringUp(TreeNode folder) throws IOException {
    TarEntry entry = folder.entry();
    if (calls.statusOrNull(upper, folder.path()) == null) {
      newFolder(folder.path(), entry.permissions(), new Ownership(entry.uid(), entry.gid()));
      attributes(folder.path(), entry);
      folderTimes.putIfAbsent(folder.path(), entry);
    }
    inUpper.add(folder.path());
  }

  private void removeWhiteout(String path) throws IOException {
    FileStatus status = calls.statusOrNull(upper, path);
    if (status != null && status.isWhiteout()) {
      check(calls.removeFile(upper, path), "unlink", path);
    }
  }

  /// Copies a file, link or device, taking the place of a file that is there.
  ///
  /// @param path where to; its folder exists in this layer
  public void copyFile(SourceTree source, TreeNode node, String path, CopyRules rules)
      throws IOException {
    Optional<TreeNode> there = view.at(path);
    if (there.isPresent() && there.get().isFolder()) {
      if (!rules.replaceAnything()) {
        throw new IOException("cannot copy to directory: /" + Shown.path(path));
      }
      FileTree.remove(calls, upper, path);
      inUpper.removeIf(it -> it.equals(path) || it.startsWith(path + "/"));
    } else if (calls.statusOrNull(upper, path) != null) {
      check(calls.removeFile(upper, path), "unlink", path);
    }
    TarEntry entry = node.entry();
    String first = written.putIfAbsent(node.identity(), path);
    if (first != null && !first.equals(path) && calls.makeLink(upper, first, upper, path) == 0) {
      return;
    }
    switch (entry.type()) {
      case FILE -> writeFile(source, node, path, rules);
      case SYMLINK -> {
        check(calls.makeSymlink(entry.target(), upper, path), "symlink", path);
        byName(path, entry, rules);
      }
      case CHARACTER_DEVICE -> makeNode(FileStatus.CHARACTER, path, entry, rules);
      case BLOCK_DEVICE -> makeNode(FileStatus.BLOCK, path, entry, rules);
      case FIFO -> makeNode(FileStatus.FIFO, path, entry, rules);
      case DIRECTORY, HARD_LINK ->
          throw new IllegalArgumentException("not a file: " + Shown.path(node.path()));
    }
  }

  private void writeFile(SourceTree source, TreeNode node, String path, CopyRules rules)
      throws IOException {
    TarEntry entry = node.entry();
    int file =
        check(
            calls.open(upper, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600),
            "create",
            path);
    try (var content = source.open(node)) {
      for (int n = content.read(buffer, 0, buffer.length);
          n >= 0;
          n = content.read(buffer, 0, buffer.length)) {
        check(calls.write(file, buffer, 0, n), "write", path);
      }
      Ownership owner = rules.owner(entry);
      check(calls.setOwner(file, owner.uid(), owner.gid()), "chown", path);
      check(
          calls.setMode(file, rules.permissions(entry)),
          "chmod",
          path); // after chown, which clears setuid
      attributes(path, entry);
      check(calls.setTime(file, entry.seconds(), entry.nanos()), "set the time of", path);
    } finally {
      calls.close(file);
    }
  }

  private void makeNode(int type, String path, TarEntry entry, CopyRules rules) throws IOException {
    check(calls.makeNode(upper, path, type | 0600, entry.major(), entry.minor()), "mknod", path);
    byName(path, entry, rules);
  }

  private void byName(String path, TarEntry entry, CopyRules rules) throws IOException {
    Ownership owner = rules.owner(entry);
    check(calls.setOwner(upper, path, owner.uid(), owner.gid()), "chown", path);
    if (entry.type() != TarEntry.Type.SYMLINK) {
      check(calls.setMode(upper, path, rules.permissions(entry)), "chmod", path);
    }
    attributes(path, entry);
    check(calls.setTime(upper, path, entry.seconds(), entry.nanos()), "set the time of", path);
  }

  private void attributes(String path, TarEntry entry) throws IOException {
    for (var attribute : entry.attributes().entrySet()) {
      if (attribute.getKey().startsWith("trusted.overlay.")) {
        continue;
      }
      int result = calls.setAttribute(upper, path, attribute.getKey(), attribute.getValue());
      if (result != -Errno.ENOTSUP) {
        check(result, "set an attribute of", path);
      }
    }
  }

  /// Copies what is in a folder, merging with what is there.
  ///
  /// @param path of the folder to copy into, links resolved; made like `folder` when it is missing
  /// @param overwrite whether a folder that is there takes over the source's owner, mode and time
  /// @param relative the source's path as exclude patterns see it; empty for the start
  public void copyContents(
      SourceTree source,
      TreeNode folder,
      String path,
      CopyRules rules,
      boolean overwrite,
      String relative)
      throws IOException {
    folder(folder, path, rules, overwrite);
    for (TreeNode child : source.children(folder)) {
      String name = child.name();
      String below = TreePaths.child(relative, name);
      if (rules.excludes(below)) {
        if (child.isFolder() && rules.excludes().hasExceptions()) {
          copyIncluded(source, child, TreePaths.child(path, name), rules, below);
        }
        continue;
      }
      if (child.isFolder()) {
        copyContents(source, child, TreePaths.child(path, name), rules, true, below);
      } else {
        copyFile(source, child, TreePaths.child(path, name), rules);
      }
    }
  }

  /// Makes a folder like another, without what is in it; one that is there stays as it is.
  public void makeFolderLike(TreeNode source, String path, CopyRules rules) throws IOException {
    folder(source, path, rules, false);
  }

  /// A folder left out: only what a later pattern takes back in, if anything.
  private void copyIncluded(
      SourceTree source, TreeNode folder, String path, CopyRules rules, String relative)
      throws IOException {
    List<TreeNode> children = source.children(folder);
    for (TreeNode child : children) {
      String below = TreePaths.child(relative, child.name());
      if (child.isFolder()) {
        copyIncluded(source, child, TreePaths.child(path, child.name()), rules, below);
      } else if (!rules.excludes(below)) {
        makeFolder(path, rules.owner().orElse(Ownership.ROOT));
        copyFile(source, child, TreePaths.child(path, child.name()), rules);
      }
    }
  }

  private void folder(TreeNode source, String path, CopyRules rules, boolean overwrite)
      throws IOException {
    TarEntry entry = source.entry();
    Ownership owner = rules.owner(entry);
    Optional<TreeNode> there = view.at(path);
    if (there.isPresent() && !there.get().isFolder()) {
      if (!rules.replaceAnything()) {
        throw new IOException("cannot copy to non-directory: /" + Shown.path(path));
      }
      if (calls.statusOrNull(upper, path) != null) {
        check(calls.removeFile(upper, path), "unlink", path);
      }
      there = Optional.empty();
    }
    if (there.isEmpty()) {
      makeFolder(TreePaths.parent(path), rules.owner().orElse(Ownership.ROOT));
      newFolder(path, rules.permissions(entry), owner);
      attributes(path, entry);
      folderTimes.put(path, entry);
      return;
    }
    makeFolder(path, owner);
    if (overwrite && !path.isEmpty()) {
      check(calls.setOwner(upper, path, owner.uid(), owner.gid()), "chown", path);
      check(calls.setMode(upper, path, rules.permissions(entry)), "chmod", path);
      attributes(path, entry);
      folderTimes.put(path, entry);
    }
  }

  /// Sets the times of folders, which each file made in them changed.
  public void finish() throws IOException {
    for (var folder : folderTimes.entrySet()) {
      if (calls.statusOrNull(upper, folder.getKey()) != null) {
        TarEntry entry = folder.getValue();
        check(
            calls.setTime(upper, folder.getKey(), entry.seconds(), entry.nanos()),
            "set the time of",
            folder.getKey());
      }
    }
  }

  @Override
  public void close() {
    view.close();
    calls.close(upper);
    calls.close();
  }
}
