package jcompose.engine.host.files;

/// What stat(2) says of a file.
///
/// @param mode type and permission bits
/// @param device that the file is on; with `inode` it names the file
/// @param node the device that it is, when it is one: major << 32 | minor
/// @param blocks of 512 bytes that it takes
public record FileStatus(
    int mode,
    int links,
    int uid,
    int gid,
    long size,
    long blocks,
    long device,
    long inode,
    long node,
    long seconds,
    int nanos) {
  public static final int TYPE_MASK = 0170000;
  public static final int SOCKET = 0140000;
  public static final int SYMLINK = 0120000;
  public static final int REGULAR = 0100000;
  public static final int BLOCK = 0060000;
  public static final int DIRECTORY = 0040000;
  public static final int CHARACTER = 0020000;
  public static final int FIFO = 0010000;

  public int type() {
    return mode & TYPE_MASK;
  }

  public int permissions() {
    return mode & 07777;
  }

  public boolean isDirectory() {
    return type() == DIRECTORY;
  }

  /// Whether it is what overlayfs takes for a removed file: character device 0/0.
  public boolean isWhiteout() {
    return type() == CHARACTER && node == 0;
  }
}
