package jcompose.engine.build.tree;

import jcompose.engine.archive.TarEntry;

/// A file, folder, link or device in a tree.
///
/// @param path where it is
/// @param entry what it is; its name is not used
/// @param identity equal for names of the same file (hard links), in one tree
public record TreeNode(String path, TarEntry entry, Object identity) {
  public boolean isFolder() {
    return entry.type() == TarEntry.Type.DIRECTORY;
  }

  public boolean isLink() {
    return entry.type() == TarEntry.Type.SYMLINK;
  }

  public boolean isFile() {
    return entry.type() == TarEntry.Type.FILE;
  }

  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
