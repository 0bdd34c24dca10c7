package jcompose.engine.archive;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One member of a tar archive.
///
/// Names are byte strings, as in [jcompose.engine.host.files.FileCalls]: a char holds one byte.
/// They are as the archive has them, and not to be trusted.
///
/// @param target where a link points to; empty for others
/// @param size of the file's contents; zero for all but files
/// @param attributes extended attributes by name
/// @param extents of a sparse file: which parts of it the archive has, in order; the rest is zero
public record TarEntry(
    String name,
    Type type,
    String target,
    int permissions,
    int uid,
    int gid,
    long size,
    long seconds,
    int nanos,
    int major,
    int minor,
    Map<String, byte[]> attributes,
    Optional<List<Extent>> extents) {
  /// What a member is.
  public enum Type {
    FILE,
    HARD_LINK,
    SYMLINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    DIRECTORY,
    FIFO
  }

  /// Part of a sparse file.
  public record Extent(long offset, long length) {}

  /// A file, owned by root and made at the epoch.
  public static TarEntry file(String name, int permissions, long size) {
    return new TarEntry(
        name, Type.FILE, "", permissions, 0, 0, size, 0, 0, 0, 0, Map.of(), Optional.empty());
  }

  /// A folder, owned by root and made at the epoch.
  public static TarEntry directory(String name, int permissions) {
    return new TarEntry(
        name, Type.DIRECTORY, "", permissions, 0, 0, 0, 0, 0, 0, 0, Map.of(), Optional.empty());
  }
}
