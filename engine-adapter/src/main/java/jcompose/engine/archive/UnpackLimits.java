package jcompose.engine.archive;

/// What an archive may at most hold, so that a small one cannot fill the disk.
///
/// @param bytes of all files together, holes of sparse files included
/// @param members files, folders, links …
public record UnpackLimits(long bytes, long members) {
  /// 256 GiB and ten million members: more than any image has that is meant to be used.
  public static final UnpackLimits DEFAULT = new UnpackLimits(256L << 30, 10_000_000);
}
