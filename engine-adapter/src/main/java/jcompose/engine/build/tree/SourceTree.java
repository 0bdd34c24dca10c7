package jcompose.engine.build.tree;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A tree of files to be read. Belongs to the thread that opened it.
public interface SourceTree extends AutoCloseable {
  /// What is at a path whose folders are no links; a link at its end is not followed.
  Optional<TreeNode> at(String path) throws IOException;

  /// What is in a folder, sorted by name.
  List<TreeNode> children(TreeNode folder) throws IOException;

  /// Reads a file from its beginning.
  FileContent open(TreeNode file) throws IOException;

  /// The sha256 of a file's content, in hex.
  String digest(TreeNode file) throws IOException;

  /// Whether the tree has this path but keeps it from being copied (.dockerignore).
  default boolean isHidden(String path) throws IOException {
    return false;
  }

  @Override
  void close();

  /// A file being read.
  interface FileContent extends AutoCloseable {
    /// As [java.io.InputStream#read(byte[], int, int)].
    int read(byte[] into, int offset, int length) throws IOException;

    @Override
    void close();
  }
}
