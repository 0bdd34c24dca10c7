package jcompose.engine.build.tree;

import static jcompose.engine.host.files.FileCalls.O_DIRECTORY;
import static jcompose.engine.host.files.FileCalls.O_NOFOLLOW;
import static jcompose.engine.host.files.FileCalls.O_RDONLY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.dockerfile.IgnoreRules;
import jcompose.engine.host.files.Errno;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileStatus;

/// A folder of this machine, less what its ignore rules leave out. All belongs to root, as in the
/// tar that a client would send. The folder may change meanwhile: every file is opened below its
/// root, so that a link put in its place leads nowhere else.
public final class FolderTree implements SourceTree {
  private final FileCalls calls;
  private final IgnoreRules ignored;
  private final ContentDigests digests;
  private final int root;

  public FolderTree(Path folder, IgnoreRules ignored, ContentDigests digests) throws IOException {
    this.ignored = ignored;
    this.digests = digests;
    calls = new FileCalls();
    root =
        calls.open(
            FileCalls.CURRENT_FOLDER,
            FileCalls.bytes(folder.toAbsolutePath().toString()),
            O_RDONLY | O_DIRECTORY,
            0);
    if (root < 0) {
      calls.close();
      throw new IOException("build context " + folder + ": " + Errno.text(-root));
    }
  }

  @Override
  public Optional<TreeNode> at(String path) throws IOException {
    if (!path.isEmpty() && isIgnored(path)) {
      // a folder left out may still hold what a later rule takes back in
      Optional<TreeNode> node = ignored.hasExceptions() ? read(path) : Optional.empty();
      return node.filter(TreeNode::isFolder).filter(this::holdsException);
    }
    return read(path);
  }

  @Override
  public boolean isHidden(String path) throws IOException {
    return at(path).isEmpty() && read(path).isPresent();
  }

  private boolean isIgnored(String path) {
    return !ignored.isEmpty() && ignored.excludes(FileCalls.shown(path));
  }

  private boolean holdsException(TreeNode folder) {
    try {
      return !children(folder).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<TreeNode> read(String path) throws IOException {
    int parent = openFolder(TreePaths.parent(path));
    if (parent < 0) {
      return Optional.empty();
    }
    try {
      return read(parent, path);
    } finally {
      calls.close(parent);
    }
  }

  private int openFolder(String path) {
    return calls.openInRoot(root, path.isEmpty() ? "." : path, O_RDONLY | O_DIRECTORY);
  }

  private Optional<TreeNode> read(int parent, String path) throws IOException {
    String name = path.isEmpty() ? "." : path.substring(path.lastIndexOf('/') + 1);
    FileStatus status = calls.statusOrNull(parent, name);
    if (status == null) {
      return Optional.empty();
    }
    String target = status.type() == FileStatus.SYMLINK ? calls.readSymlink(parent, name) : "";
    return StatusEntries.entry(status, target, Map.of())
        .map(it -> new TreeNode(path, ofRoot(it), ContentDigests.Identity.of(status)));
  }

  private static TarEntry ofRoot(TarEntry it) {
    return new TarEntry(
        it.name(),
        it.type(),
        it.target(),
        it.permissions(),
        0,
        0,
        it.size(),
        it.seconds(),
        it.nanos(),
        it.major(),
        it.minor(),
        it.attributes(),
        it.extents());
  }

  @Override
  public List<TreeNode> children(TreeNode folder) throws IOException {
    int opened = FileCalls.check(openFolder(folder.path()), "open", folder.path());
    try {
      var names = new ArrayList<>(calls.list(opened));
      names.sort(null);
      var nodes = new ArrayList<TreeNode>();
      for (String name : names) {
        String path = TreePaths.child(folder.path(), name);
        if (!isIgnored(path)) {
          read(opened, path).ifPresent(nodes::add);
        } else if (ignored.hasExceptions()) {
          read(opened, path)
              .filter(TreeNode::isFolder)
              .filter(this::holdsException)
              .ifPresent(nodes::add);
        }
      }
      return nodes;
    } finally {
      calls.close(opened);
    }
  }

  @Override
  public FileContent open(TreeNode file) throws IOException {
    int opened = calls.openInRoot(root, file.path(), O_RDONLY | O_NOFOLLOW);
    FileCalls.check(opened, "open", file.path());
    return new OpenFile(calls, opened, file.path());
  }

  @Override
  public String digest(TreeNode file) throws IOException {
    return digests.of(file.identity(), () -> Digests.of(this, file));
  }

  @Override
  public void close() {
    calls.close(root);
    calls.close();
  }
}
