package jcompose.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.oci.Digest;

/// Texts as files: the heredocs of COPY and ADD, and what ADD fetched.
final class DocumentTree implements SourceTree {
  private final TreeMap<String, TreeNode> files = new TreeMap<>();

  /// What a file holds: its node's identity, so equal to itself alone.
  private static final class Content {
    private final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /// @return the node, to be copied
  TreeNode add(String name, byte[] bytes, int permissions, long seconds) {
    String path = FileCalls.bytes(name.substring(name.lastIndexOf('/') + 1));
    TarEntry file = TarEntry.file(path, permissions, bytes.length);
    var entry =
        new TarEntry(
            path,
            file.type(),
            "",
            permissions,
            0,
            0,
            bytes.length,
            seconds,
            0,
            0,
            0,
            file.attributes(),
            Optional.empty());
    var node = new TreeNode(path, entry, new Content(bytes));
    files.put(path, node);
    return node;
  }

  TreeNode add(String name, String text) {
    return add(name, text.getBytes(StandardCharsets.UTF_8), 0644, 0);
  }

  @Override
  public Optional<TreeNode> at(String path) {
    return path.isEmpty()
        ? Optional.of(new TreeNode("", TarEntry.directory("", 0755), this))
        : Optional.ofNullable(files.get(path));
  }

  @Override
  public List<TreeNode> children(TreeNode folder) {
    return new ArrayList<>(files.values());
  }

  @Override
  public FileContent open(TreeNode file) throws IOException {
    byte[] bytes = bytes(file);
    return new FileContent() {
      private int at;

      @Override
      public int read(byte[] into, int offset, int length) {
        int count = Math.min(length, bytes.length - at);
        if (count <= 0) {
          return -1;
        }
        System.arraycopy(bytes, at, into, offset, count);
        at += count;
        return count;
      }

      @Override
      public void close() {}
    };
  }

  private static byte[] bytes(TreeNode file) throws IOException {
    if (file.identity() instanceof Content content) {
      return content.bytes;
    }
    throw new IOException("not a document: " + file.path());
  }

  @Override
  public String digest(TreeNode file) throws IOException {
    return Digest.ofBytes(bytes(file)).hex();
  }

  @Override
  public void close() {}
}
