package jcompose.engine.build.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.archive.TarFormatException;
import jcompose.engine.archive.TarReader;
import jcompose.engine.archive.UnpackLimits;
import jcompose.engine.dockerfile.IgnoreRules;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/// The members of a tar, never unpacked: their contents lie one after the other in a spool file,
/// their names in memory. So no name and no link of a hostile archive can touch a path of this
/// machine. May be read by many threads.
public final class TarTree implements SourceTree {
  private final FileChannel spool;
  private final Map<String, TreeNode> nodes = new HashMap<>();
  private final Map<String, TreeMap<String, TreeNode>> folders = new HashMap<>();
  private final boolean keepOwners;
  private IgnoreRules ignored = IgnoreRules.NONE;

  /// Where a member's content lies in the spool file, and its sum.
  private record Content(long offset, long size, String digest) {}

  private TarTree(FileChannel spool, boolean keepOwners) {
    this.spool = spool;
    this.keepOwners = keepOwners;
    put(new TreeNode("", TarEntry.directory("", 0755), new Object()));
  }

  /// Reads a tar to its end.
  ///
  /// @param file the spool file; made here, and removed when the tree is closed
  /// @param keepOwners or else all belongs to root
  /// @throws TarFormatException when it is no tar, or leaves its root
  public static TarTree read(InputStream tar, Path file, boolean keepOwners, UnpackLimits limits)
      throws IOException {
    FileChannel spool =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      var tree = new TarTree(spool, keepOwners);
      tree.index(new TarReader(tar), limits);
      return tree;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /// Leaves out what the rules say from now on.
  public void ignore(IgnoreRules rules) {
    ignored = rules;
  }

  private void index(TarReader tar, UnpackLimits limits) throws IOException {
    byte[] buffer = new byte[1 << 17];
    OutputStream out = Channels.newOutputStream(spool);
    long offset = 0;
    long members = 0;
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      if (++members > limits.members() || entry.size() > limits.bytes() - offset) {
        throw new TarFormatException("the archive is larger than a build context may be");
      }
      String path = clean(entry.name());
      if (entry.extents().isPresent()) {
        throw new TarFormatException(
            "sparse files are not supported in a build context: " + Shown.path(path));
      }
      if (entry.type() == TarEntry.Type.HARD_LINK) {
        TreeNode target = nodes.get(clean(entry.target()));
        if (target == null || !(target.identity() instanceof Content)) {
          throw new TarFormatException(
              "link to a file that the archive does not have: " + Shown.path(path));
        }
        put(new TreeNode(path, target.entry(), target.identity()));
        continue;
      }
      Object identity = new Object();
      if (entry.type() == TarEntry.Type.FILE) {
        MessageDigest sum = Digest.sha256();
        long left = entry.size();
        while (left > 0) {
          int count = tar.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (count < 0) {
            throw new TarFormatException("the archive ends within " + Shown.path(path));
          }
          sum.update(buffer, 0, count);
          out.write(buffer, 0, count);
          left -= count;
        }
        identity = new Content(offset, entry.size(), HexFormat.of().formatHex(sum.digest()));
        offset += entry.size();
      }
      put(new TreeNode(path, keepOwners ? entry : ofRoot(entry), identity));
    }
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

  private static String clean(String name) throws TarFormatException {
    List<String> names = TreePaths.names(name);
    if (names.contains("..") || name.indexOf('\0') >= 0) {
      throw new TarFormatException("a name leaves the archive's root: " + Shown.path(name));
    }
    return String.join("/", names);
  }

  /// Adds a node, with folders above it where the archive does not have them. A later member of the
  /// same name takes the place of an earlier one.
  private void put(TreeNode node) {
    nodes.put(node.path(), node);
    if (node.isFolder()) {
      folders.computeIfAbsent(node.path(), _ -> new TreeMap<>());
    } else {
      dropBelow(node.path());
    }
    if (node.path().isEmpty()) {
      return;
    }
    String parent = TreePaths.parent(node.path());
    TreeNode above = nodes.get(parent);
    if (above == null || !above.isFolder()) {
      put(new TreeNode(parent, TarEntry.directory("", 0755), new Object()));
    }
    folders.computeIfAbsent(parent, _ -> new TreeMap<>()).put(node.name(), node);
  }

  private void dropBelow(String path) {
    TreeMap<String, TreeNode> children = folders.remove(path);
    if (children != null) {
      for (TreeNode child : children.values()) {
        nodes.remove(child.path());
        dropBelow(child.path());
      }
    }
  }

  /// The text of a file whatever the ignore rules say; absent when there is none.
  ///
  /// @param limit bytes that it may have
  public Optional<byte[]> contentIgnoringRules(String path, int limit) throws IOException {
    String resolved = TreePaths.resolve(unfiltered(), path, true);
    TreeNode node = nodes.get(resolved);
    if (node == null || !node.isFile()) {
      return Optional.empty();
    }
    if (node.entry().size() > limit) {
      throw new IOException(Shown.path(path) + " is larger than " + limit + " bytes");
    }
    var bytes = new byte[(int) node.entry().size()];
    int at = 0;
    try (var content = open(node)) {
      while (at < bytes.length) {
        int count = content.read(bytes, at, bytes.length - at);
        if (count < 0) {
          break;
        }
        at += count;
      }
    }
    return Optional.of(bytes);
  }

  /// The same tree, whose closing changes nothing for others that read it.
  public SourceTree shared() {
    return new SourceTree() {
      @Override
      public Optional<TreeNode> at(String path) {
        return TarTree.this.at(path);
      }

      @Override
      public List<TreeNode> children(TreeNode folder) {
        return TarTree.this.children(folder);
      }

      @Override
      public FileContent open(TreeNode file) throws IOException {
        return TarTree.this.open(file);
      }

      @Override
      public String digest(TreeNode file) throws IOException {
        return TarTree.this.digest(file);
      }

      @Override
      public boolean isHidden(String path) {
        return TarTree.this.isHidden(path);
      }

      @Override
      public void close() {}
    };
  }

  private SourceTree unfiltered() {
    var all = new TarTree(spool, keepOwners);
    all.nodes.putAll(nodes);
    return all;
  }

  @Override
  public Optional<TreeNode> at(String path) {
    @Nullable TreeNode node = nodes.get(path);
    return Optional.ofNullable(node).filter(this::isShown);
  }

  private boolean isShown(TreeNode node) {
    if (ignored.isEmpty() || node.path().isEmpty() || !isExcluded(node.path())) {
      return true;
    }
    return node.isFolder() && ignored.hasExceptions() && !children(node).isEmpty();
  }

  private boolean isExcluded(String path) {
    return ignored.excludes(FileCalls.shown(path));
  }

  @Override
  public boolean isHidden(String path) {
    return nodes.containsKey(path) && at(path).isEmpty();
  }

  @Override
  public List<TreeNode> children(TreeNode folder) {
    TreeMap<String, TreeNode> all = folders.getOrDefault(folder.path(), new TreeMap<>());
    var shown = new ArrayList<TreeNode>();
    for (TreeNode child : all.values()) {
      TreeNode current = nodes.getOrDefault(child.path(), child);
      if (isShown(current)) {
        shown.add(current);
      }
    }
    return shown;
  }

  @Override
  public FileContent open(TreeNode file) throws IOException {
    if (!(file.identity() instanceof Content content)) {
      throw new IOException("not a file: " + Shown.path(file.path()));
    }
    return new FileContent() {
      private long done;

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, content.size() - done);
        if (wanted <= 0) {
          return -1;
        }
        int count = spool.read(ByteBuffer.wrap(into, offset, wanted), content.offset() + done);
        done += Math.max(0, count);
        return count;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public String digest(TreeNode file) throws IOException {
    if (!(file.identity() instanceof Content content)) {
      throw new IOException("not a file: " + Shown.path(file.path()));
    }
    return content.digest();
  }

  @Override
  public void close() {
    try {
      spool.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("closing a spool file", e);
    }
  }
}
